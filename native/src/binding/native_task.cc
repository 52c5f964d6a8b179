// NativeTask: baton and promise.
#include "binding/native_task.h"

#include <exception>
#include <utility>

namespace kinetone::binding {

NativeTask::NativeTask(Napi::Env env, std::function<void()> work)
    : Napi::AsyncWorker(env), deferred_(Napi::Promise::Deferred::New(env)), work_(std::move(work)) {}

void NativeTask::Keep(Napi::Value value) { kept_.push_back(Napi::Persistent(value.As<Napi::Object>())); }

Napi::Promise NativeTask::Start() {
  const Napi::Promise promise = deferred_.Promise();
  Queue();
  return promise;
}

void NativeTask::Execute() {
  try {
    work_();
  } catch (const std::exception& problem) {
    SetError(problem.what());
  }
}

void NativeTask::OnOK() {
  if (settled_) settled_();
  deferred_.Resolve(answer_ ? answer_(Env()) : Env().Undefined());
}

void NativeTask::OnError(const Napi::Error& error) {
  if (settled_) settled_();
  deferred_.Reject(error.Value());
}

Napi::Promise RejectPending(Napi::Env env) {
  // Cleared first: no promise can be made while an exception is pending.
  const bool is_pending = env.IsExceptionPending();
  const Napi::Error error = is_pending ? env.GetAndClearPendingException() : Napi::Error::New(env, "the arguments were refused");
  const auto deferred = Napi::Promise::Deferred::New(env);
  deferred.Reject(error.Value());
  return deferred.Promise();
}

}  // namespace kinetone::binding

// One piece of C++ work on Node's thread pool, answered by a promise. The JavaScript values it borrows stay alive meanwhile.
#pragma once

#include <napi.h>

#include <functional>
#include <vector>

namespace kinetone::binding {

// Owns itself: deleted by Node-API when the promise is settled. Main thread, except for `work`, which runs on a pool
// thread, must not touch JavaScript and may throw std::exception: the promise is then rejected with its message.
class NativeTask : public Napi::AsyncWorker {
 public:
  NativeTask(Napi::Env env, std::function<void()> work);

  // Keeps a JavaScript value (an array whose memory `work` uses) from being collected.
  void Keep(Napi::Value value);
  // Called on the main thread before the promise is settled.
  void OnSettled(std::function<void()> settled) { settled_ = std::move(settled); }
  // Called on the main thread to make what the promise resolves to; without it that is undefined.
  void AnswerWith(std::function<Napi::Value(Napi::Env)> answer) { answer_ = std::move(answer); }
  // Queues the work.
  Napi::Promise Start();

 protected:
  void Execute() override;
  void OnOK() override;
  void OnError(const Napi::Error& error) override;

 private:
  Napi::Promise::Deferred deferred_;
  std::function<void()> work_;
  std::function<void()> settled_;
  std::function<Napi::Value(Napi::Env)> answer_;
  std::vector<Napi::ObjectReference> kept_;
};

// A promise rejected with the JavaScript exception that is pending: an asynchronous function reports bad arguments so, too.
Napi::Promise RejectPending(Napi::Env env);

}  // namespace kinetone::binding

#include "binding/live_output.h"

#include <string>

#include "binding/checked_array.h"
#include "binding/native_task.h"

namespace kinetone::binding {
namespace {

struct Request {
  bool is_null = false;
  audio::OutputRequest output;
};

bool ReadRequest(Napi::Object given, Request& request) {
  const std::string backend = Shown(given.Get("backend"));
  if (backend != "null" && backend != "portaudio") {
    ThrowArgumentError(given.Env(), "native-bad-argument", "expected the backend null or portaudio, got " + backend);
    return false;
  }
  request.is_null = backend == "null";
  double device = 0, rate = 0, frames = 0, channel = 0, drift = 0;
  if (!CheckedNumber(given.Get("device"), -1, 10000, "device", device) || !CheckedNumber(given.Get("rate"), 8000, 192000, "rate", rate) ||
      !CheckedNumber(given.Get("bufferFrames"), 16, 8192, "bufferFrames", frames) ||
      !CheckedNumber(given.Get("firstChannel"), 0, 126, "firstChannel", channel) || !CheckedNumber(given.Get("driftPpm"), -1000, 1000, "driftPpm", drift)) {
    return false;
  }
  request.output = {static_cast<int>(device), rate, static_cast<int>(frames), static_cast<int>(channel), drift};
  return true;
}

}  // namespace

class OutputTask : public Napi::AsyncWorker {
 public:
  // Without a request it closes.
  OutputTask(Napi::Env env, std::shared_ptr<LiveOutput> output, const Request* request)
      : Napi::AsyncWorker(env), deferred_(Napi::Promise::Deferred::New(env)), output_(std::move(output)), closes_(request == nullptr) {
    if (request != nullptr) request_ = *request;
    output_->is_busy_ = true;
  }
  Napi::Promise Promise() const { return deferred_.Promise(); }

 protected:
  void Execute() override {
    backend_ = std::move(output_->backend_);
    if (backend_ != nullptr) backend_->Close();
    backend_.reset();
    if (closes_) return;
    backend_ = request_.is_null ? audio::MakeNullBackend() : audio::MakePortAudioBackend();
    problem_ = backend_->Open(request_.output, *output_->player_, info_);
    if (!problem_.empty()) backend_.reset();
  }

  void OnOK() override {
    const Napi::Env env = Env();
    output_->backend_ = std::move(backend_);
    output_->is_busy_ = false;
    if (!problem_.empty()) {
      Napi::Error error = Napi::Error::New(env, problem_);
      error.Set("code", Napi::String::New(env, "native-no-device"));
      deferred_.Reject(error.Value());
      return;
    }
    auto result = Napi::Object::New(env);
    result.Set("device", info_.device);
    result.Set("hostApi", info_.host_api);
    result.Set("rate", info_.rate);
    result.Set("latencyMs", 1000.0 * info_.latency_s);
    result.Set("channels", info_.channels);
    result.Set("bufferFrames", info_.buffer_frames);
    deferred_.Resolve(result);
  }

 private:
  Napi::Promise::Deferred deferred_;
  std::shared_ptr<LiveOutput> output_;
  bool closes_;
  Request request_;
  std::unique_ptr<audio::AudioBackend> backend_;
  audio::OutputInfo info_;
  std::string problem_;
};

LiveOutput::~LiveOutput() {
  if (backend_ != nullptr) backend_->Close();
}

Napi::Value LiveOutput::Open(const Napi::CallbackInfo& info) {
  Request request;
  if (is_busy_) ThrowArgumentError(info.Env(), "native-busy", "expected one open() or close() at a time");
  const auto given = CheckedObject(info, 0, "{backend, device, rate, bufferFrames, firstChannel, driftPpm}");
  if (is_busy_ || given.IsEmpty() || !ReadRequest(given, request)) return RejectPending(info.Env());
  auto* task = new OutputTask(info.Env(), shared_from_this(), &request);
  const Napi::Promise promise = task->Promise();
  task->Queue();
  return promise;
}

Napi::Value LiveOutput::Close(const Napi::CallbackInfo& info) {
  if (is_busy_) {
    ThrowArgumentError(info.Env(), "native-busy", "expected one open() or close() at a time");
    return RejectPending(info.Env());
  }
  auto* task = new OutputTask(info.Env(), shared_from_this(), nullptr);
  const Napi::Promise promise = task->Promise();
  task->Queue();
  return promise;
}

Napi::Value LiveOutput::Health(Napi::Env env) {
  // While it is being opened or closed it belongs to the pool thread.
  const audio::OutputHealth health = is_busy_ || backend_ == nullptr ? audio::OutputHealth{} : backend_->TakeHealth();
  auto out = Napi::Object::New(env);
  out.Set("callbacks", static_cast<double>(health.callbacks));
  out.Set("underruns", static_cast<double>(health.underruns));
  out.Set("load", health.load);
  out.Set("isAlive", health.is_alive);
  out.Set("isBusy", is_busy_);
  return out;
}

}  // namespace kinetone::binding

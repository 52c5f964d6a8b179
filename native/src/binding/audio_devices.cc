// outputDevices(withRates): Promise<{library, error, devices}>; measureLatency({output, input, rate, bufferFrames}): Promise<{error,
// latencyMs, heard, sent}>. Both run on a pool thread.
#include <memory>

#include "audio/latency_probe.h"
#include "audio/portaudio_library.h"
#include "binding/checked_array.h"
#include "binding/exports.h"
#include "binding/native_task.h"

namespace kinetone::binding {
namespace {

class ListDevicesWorker : public Napi::AsyncWorker {
 public:
  ListDevicesWorker(Napi::Env env, bool with_rates) : Napi::AsyncWorker(env), deferred_(Napi::Promise::Deferred::New(env)), with_rates_(with_rates) {}
  Napi::Promise Promise() const { return deferred_.Promise(); }

 protected:
  void Execute() override { list_ = audio::ListOutputDevices(with_rates_); }

  void OnOK() override {
    const Napi::Env env = Env();
    auto devices = Napi::Array::New(env, list_.devices.size());
    for (uint32_t at = 0; at < list_.devices.size(); ++at) {
      const audio::AudioDevice& device = list_.devices[at];
      auto entry = Napi::Object::New(env);
      entry.Set("id", std::to_string(device.index));
      entry.Set("name", device.name);
      entry.Set("host_api", device.host_api);
      entry.Set("channels", device.output_channels);
      entry.Set("default_rate", device.default_rate_hz);
      entry.Set("inputs", device.input_channels);
      auto rates = Napi::Array::New(env, device.rates_hz.size());
      for (uint32_t rate = 0; rate < device.rates_hz.size(); ++rate) rates.Set(rate, device.rates_hz[rate]);
      entry.Set("rates", rates);
      entry.Set("is_default", device.is_default);
      entry.Set("latency_ms", device.latency_s * 1000);
      devices.Set(at, entry);
    }
    auto result = Napi::Object::New(env);
    result.Set("library", list_.library);
    result.Set("error", list_.error);
    result.Set("devices", devices);
    deferred_.Resolve(result);
  }

  void OnError(const Napi::Error& error) override { deferred_.Reject(error.Value()); }

 private:
  Napi::Promise::Deferred deferred_;
  bool with_rates_;
  audio::DeviceList list_;
};

Napi::Value OutputDevices(const Napi::CallbackInfo& info) {
  auto* worker = new ListDevicesWorker(info.Env(), info[0].ToBoolean());
  const Napi::Promise promise = worker->Promise();
  worker->Queue();
  return promise;
}

class MeasureLatencyWorker : public Napi::AsyncWorker {
 public:
  MeasureLatencyWorker(Napi::Env env, const audio::LatencyRequest& request)
      : Napi::AsyncWorker(env), deferred_(Napi::Promise::Deferred::New(env)), request_(request) {}
  Napi::Promise Promise() const { return deferred_.Promise(); }

 protected:
  void Execute() override { result_ = audio::MeasureLatency(request_); }

  void OnOK() override {
    auto result = Napi::Object::New(Env());
    result.Set("error", result_.error);
    result.Set("latencyMs", result_.latency_ms);
    result.Set("heard", result_.clicks_heard);
    result.Set("sent", result_.clicks_sent);
    deferred_.Resolve(result);
  }

 private:
  Napi::Promise::Deferred deferred_;
  audio::LatencyRequest request_;
  audio::LatencyResult result_;
};

Napi::Value MeasureLatency(const Napi::CallbackInfo& info) {
  const auto given = CheckedObject(info, 0, "{output, input, rate, bufferFrames}");
  if (given.IsEmpty()) return RejectPending(info.Env());
  double output = 0, input = 0, rate = 0, frames = 0;
  if (!CheckedNumber(given.Get("output"), -1, 10000, "output", output) || !CheckedNumber(given.Get("input"), -1, 10000, "input", input) ||
      !CheckedNumber(given.Get("rate"), 8000, 192000, "rate", rate) || !CheckedNumber(given.Get("bufferFrames"), 16, 8192, "bufferFrames", frames)) {
    return RejectPending(info.Env());
  }
  auto* worker = new MeasureLatencyWorker(info.Env(), {static_cast<int>(output), static_cast<int>(input), rate, static_cast<int>(frames)});
  const Napi::Promise promise = worker->Promise();
  worker->Queue();
  return promise;
}

}  // namespace

Napi::Function OutputDevicesFunction(Napi::Env env) { return Napi::Function::New(env, OutputDevices, "outputDevices"); }
Napi::Function MeasureLatencyFunction(Napi::Env env) { return Napi::Function::New(env, MeasureLatency, "measureLatency"); }

}  // namespace kinetone::binding

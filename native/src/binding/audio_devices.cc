// outputDevices(): Promise<{library, error, devices}>; the listing runs on a pool thread.
#include <memory>

#include "audio/portaudio_library.h"
#include "binding/exports.h"

namespace kinetone::binding {
namespace {

class ListDevicesWorker : public Napi::AsyncWorker {
 public:
  explicit ListDevicesWorker(Napi::Env env) : Napi::AsyncWorker(env), deferred_(Napi::Promise::Deferred::New(env)) {}
  Napi::Promise Promise() const { return deferred_.Promise(); }

 protected:
  void Execute() override { list_ = audio::ListOutputDevices(); }

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
  audio::DeviceList list_;
};

Napi::Value OutputDevices(const Napi::CallbackInfo& info) {
  auto* worker = new ListDevicesWorker(info.Env());
  const Napi::Promise promise = worker->Promise();
  worker->Queue();
  return promise;
}

}  // namespace

Napi::Function OutputDevicesFunction(Napi::Env env) { return Napi::Function::New(env, OutputDevices, "outputDevices"); }

}  // namespace kinetone::binding

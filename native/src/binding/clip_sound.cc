// clipSound(samples, out) for JavaScript. Contract: src-main/adapters/native/clip-sound.ts.
#include "music/clip_sound.h"

#include <napi.h>

#include "binding/checked_array.h"
#include "binding/exports.h"
#include "binding/native_task.h"

namespace kinetone::binding {
namespace {

Napi::Value ClipSound(const Napi::CallbackInfo& info) {
  if (!info[0].IsTypedArray() || info[0].As<Napi::TypedArray>().TypedArrayType() != napi_float32_array) {
    ThrowArgumentError(info.Env(), "native-bad-argument", "expected samples to be a Float32Array");
    return RejectPending(info.Env());
  }
  const auto samples = info[0].As<Napi::Float32Array>();
  float* out = CheckedFloats(info[1], music::kClipSoundLength, "out", "an embedding");
  if (out == nullptr) return RejectPending(info.Env());
  const std::size_t count = samples.ElementLength();
  const float* data = samples.Data();
  auto* task = new NativeTask(info.Env(), [=] { music::ClipSound(data, count, out); });
  task->Keep(info[0]);
  task->Keep(info[1]);
  return task->Start();
}

}  // namespace

Napi::Function ClipSoundFunction(Napi::Env env) { return Napi::Function::New<ClipSound>(env, "clipSound"); }

}  // namespace kinetone::binding

// Waveform peaks for JavaScript. Contract: src-main/adapters/native/peaks.ts.
#include <napi.h>

#include <string>

#include "binding/checked_array.h"
#include "binding/exports.h"
#include "music/peaks.h"

namespace kinetone::binding {
namespace {

constexpr int kMaxChannels = 64;
constexpr int kMaxFramesPerPeak = 1 << 20;

Napi::Value Peaks(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const int channels = CheckedInteger(info[1], 1, kMaxChannels, "channels");
  if (channels < 0) return env.Undefined();
  const int frames_per_peak = CheckedInteger(info[2], 1, kMaxFramesPerPeak, "framesPerPeak");
  if (frames_per_peak < 0) return env.Undefined();
  if (!info[0].IsTypedArray() || info[0].As<Napi::TypedArray>().TypedArrayType() != napi_float32_array) {
    ThrowArgumentError(env, "native-bad-argument", "expected samples to be a Float32Array");
    return env.Undefined();
  }
  const auto samples = info[0].As<Napi::Float32Array>();
  const std::size_t frames = samples.ElementLength() / static_cast<std::size_t>(channels);
  const std::size_t wanted = music::PeakCount(frames, static_cast<std::size_t>(frames_per_peak)) * music::kValuesPerPeak;
  if (!info[3].IsTypedArray() || info[3].As<Napi::TypedArray>().TypedArrayType() != napi_int16_array ||
      info[3].As<Napi::TypedArray>().ElementLength() != wanted) {
    ThrowArgumentError(env, "native-size-mismatch", "expected out to be an Int16Array of " + std::to_string(wanted) + " elements (min, max, rms per peak)");
    return env.Undefined();
  }
  const float* from = samples.Data();
  std::int16_t* out = info[3].As<Napi::Int16Array>().Data();
  music::ComputePeaks(from, frames, static_cast<std::size_t>(channels), static_cast<std::size_t>(frames_per_peak), out);
  return env.Undefined();
}

}  // namespace

Napi::Function PeaksFunction(Napi::Env env) { return Napi::Function::New<Peaks>(env, "peaks"); }

}  // namespace kinetone::binding

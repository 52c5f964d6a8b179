// LoudnessMeter and Finalizer for JavaScript. Contracts: src-main/adapters/native/mastering.ts.
#include <napi.h>

#include <cmath>
#include <memory>
#include <string>

#include "binding/checked_array.h"
#include "binding/exports.h"
#include "binding/native_task.h"
#include "dsp/mix/finalizer.h"
#include "dsp/mix/loudness.h"
#include "rt/denormals.h"

namespace kinetone::binding {
namespace {

// The data of a Float32Array of whole frames, or null after throwing; the number of frames in `frames`. Of an empty array the
// address of nothing: it may have no memory.
float* CheckedFrames(Napi::Value value, std::size_t channels, std::size_t& frames) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_float32_array) {
    ThrowArgumentError(value.Env(), "native-bad-argument", "expected samples to be a Float32Array");
    return nullptr;
  }
  auto array = value.As<Napi::Float32Array>();
  if (array.ElementLength() % channels != 0) {
    ThrowArgumentError(value.Env(), "native-size-mismatch",
                       "expected samples to hold whole frames of " + std::to_string(channels) + " channels, got " + std::to_string(array.ElementLength()) + " values");
    return nullptr;
  }
  frames = array.ElementLength() / channels;
  static float nothing = 0.0f;
  return frames == 0 ? &nothing : array.Data();
}

class Meter : public Napi::ObjectWrap<Meter> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "LoudnessMeter",
                       {InstanceMethod<&Meter::Push>("push"), InstanceMethod<&Meter::Integrated>("integrated"),
                        InstanceMethod<&Meter::ShortTerm>("shortTerm"), InstanceMethod<&Meter::Momentary>("momentary"),
                        InstanceMethod<&Meter::TruePeakDb>("truePeakDb")});
  }

  explicit Meter(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Meter>(info) {
    const int rate = CheckedInteger(info[0], 8000, 192000, "rate");
    if (rate < 0) return;
    channels_ = CheckedInteger(info[1], 1, dsp::kMaxLoudnessChannels, "channels");
    if (channels_ < 0) return;
    meter_.Init(rate, channels_);
  }

 private:
  Napi::Value Push(const Napi::CallbackInfo& info) {
    std::size_t frames = 0;
    const float* samples = CheckedFrames(info[0], static_cast<std::size_t>(channels_), frames);
    if (samples != nullptr) {
      const rt::ScopedFlushDenormals flush;
      meter_.Push(samples, frames);
    }
    return info.Env().Undefined();
  }
  Napi::Value Integrated(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), meter_.IntegratedLufs()); }
  Napi::Value ShortTerm(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), meter_.ShortTermLufs()); }
  Napi::Value Momentary(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), meter_.MomentaryLufs()); }
  Napi::Value TruePeakDb(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), meter_.TruePeakDb()); }

  dsp::LoudnessMeter meter_;
  int channels_ = 2;
};

class FinalizerObject : public Napi::ObjectWrap<FinalizerObject> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "Finalizer",
                       {InstanceMethod<&FinalizerObject::Process>("process"), InstanceAccessor<&FinalizerObject::LatencyFrames>("latencyFrames"),
                        InstanceMethod<&FinalizerObject::TakeReductionDb>("takeReductionDb")});
  }

  explicit FinalizerObject(const Napi::CallbackInfo& info) : Napi::ObjectWrap<FinalizerObject>(info) {
    const Napi::Env env = info.Env();
    if (!info[0].IsObject()) {
      ThrowArgumentError(env, "native-bad-argument", "expected Finalizer to be given {sampleRate, gainDb, ceilingDb}");
      return;
    }
    const auto given = info[0].As<Napi::Object>();
    const int rate = CheckedInteger(given.Get("sampleRate"), 8000, 192000, "sampleRate");
    if (rate < 0) return;
    float gain = 0, ceiling = 0;
    if (!ReadDb(given.Get("gainDb"), -100, 60, "gainDb", gain) || !ReadDb(given.Get("ceilingDb"), -60, 0, "ceilingDb", ceiling)) return;
    finalizer_.Init(static_cast<float>(rate), gain, ceiling);
  }

 private:
  static bool ReadDb(Napi::Value value, double low, double high, const char* name, float& out) {
    const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : std::nan("");
    out = static_cast<float>(number);
    if (number >= low && number <= high) return true;
    ThrowArgumentError(value.Env(), "native-bad-argument", std::string("expected ") + name + " to be decibels, got " + Shown(value));
    return false;
  }

  Napi::Value Process(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    if (is_busy_) {
      ThrowArgumentError(env, "native-busy", "expected one call at a time per Finalizer; the previous process() has not settled");
      return RejectPending(env);
    }
    std::size_t frames = 0;
    float* samples = CheckedFrames(info[0], 2, frames);
    if (samples == nullptr) return RejectPending(env);
    auto* task = new NativeTask(env, [this, samples, frames] {
      const rt::ScopedFlushDenormals flush;
      finalizer_.Process(samples, static_cast<int>(frames));
    });
    task->Keep(info.This());
    task->Keep(info[0]);
    is_busy_ = true;
    task->OnSettled([this] { is_busy_ = false; });
    return task->Start();
  }

  Napi::Value LatencyFrames(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), finalizer_.latency_frames()); }
  Napi::Value TakeReductionDb(const Napi::CallbackInfo& info) {
    return Napi::Number::New(info.Env(), static_cast<double>(finalizer_.TakeReductionDb()));
  }

  dsp::Finalizer finalizer_;
  bool is_busy_ = false;
};

}  // namespace

Napi::Function LoudnessMeterClass(Napi::Env env) { return Meter::Define(env); }
Napi::Function FinalizerClass(Napi::Env env) { return FinalizerObject::Define(env); }

}  // namespace kinetone::binding

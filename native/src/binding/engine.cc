// SonifyEngine for JavaScript: features and mappings in, audio out. The methods' contract stands in
// src-main/adapters/native/engine.ts.
#include <napi.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "binding/checked_array.h"
#include "binding/compiled_mapping.h"
#include "binding/exports.h"
#include "binding/native_task.h"
#include "control/sonify_engine.h"

namespace kinetone::binding {
namespace {

constexpr double kMaxPosition = 9.0e15;       // exact in a double
constexpr std::size_t kMaxQueued = 2'000'000;  // feature frames; about 430 MB
constexpr int kMaxFrames = 1 << 24;
constexpr std::size_t kEventColumns = 6;

class Engine : public Napi::ObjectWrap<Engine> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "SonifyEngine",
                       {InstanceMethod<&Engine::PushFeatures>("pushFeatures"), InstanceMethod<&Engine::SetMapping>("setMapping"),
                        InstanceMethod<&Engine::SetCeiling>("setCeiling"),
                        InstanceMethod<&Engine::Render>("render"), InstanceMethod<&Engine::Inspect>("inspect"),
                        InstanceMethod<&Engine::TakeTrace>("takeTrace"), InstanceMethod<&Engine::TakeEvents>("takeEvents"),
                        InstanceAccessor<&Engine::LookaheadFrames>("lookaheadFrames"),
                        InstanceAccessor<&Engine::TraceColumns>("traceColumns")});
  }

  explicit Engine(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Engine>(info) {
    const Napi::Env env = info.Env();
    if (!info[0].IsObject()) {
      ThrowArgumentError(env, "native-bad-argument", "expected SonifyEngine to be given {sampleRate, seed, mapping}");
      return;
    }
    const auto given = info[0].As<Napi::Object>();
    control::EngineOptions options;
    const int rate = CheckedInteger(given.Get("sampleRate"), 8000, 192000, "sampleRate");
    if (rate < 0) return;
    options.rate = rate;
    double seed = 0, start = 0;
    if (!ReadWhole(given.Get("seed"), 4294967295.0, "seed", seed)) return;
    if (!given.Get("startSample").IsUndefined() && !ReadWhole(given.Get("startSample"), kMaxPosition, "startSample", start)) return;
    options.seed = static_cast<std::uint32_t>(seed);
    options.start = static_cast<std::int64_t>(start);
    const Napi::Value trace = given.Get("traceHz");
    if (!trace.IsUndefined() && !CheckedNumber(trace, 0.0, 1000.0, "traceHz", options.trace_hz)) return;
    options.keep_events = given.Get("keepEvents").ToBoolean();
    auto mapping = ReadMapping(env, given.Get("mapping"));
    if (mapping == nullptr) return;
    engine_ = std::make_unique<control::SonifyEngine>(options, std::move(mapping));
  }

 private:
  static bool ReadWhole(Napi::Value value, double high, const char* name, double& out) {
    out = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1.0;
    if (out >= 0.0 && out <= high && out == std::floor(out)) return true;
    ThrowArgumentError(value.Env(), "native-bad-argument",
                       std::string("expected ") + name + " to be a whole number from 0, got " + Shown(value));
    return false;
  }

  bool IsBusy(Napi::Env env) const {
    if (!is_busy_) return false;
    ThrowArgumentError(env, "native-busy", "expected one call at a time per SonifyEngine; the previous render() has not settled");
    return true;
  }

  Napi::Value PushFeatures(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    if (IsBusy(env)) return env.Undefined();
    if (!info[1].IsTypedArray() || info[1].As<Napi::TypedArray>().TypedArrayType() != napi_float64_array) {
      ThrowArgumentError(env, "native-bad-argument", "expected positions to be a Float64Array");
      return env.Undefined();
    }
    const auto positions = info[1].As<Napi::Float64Array>();
    const std::size_t count = positions.ElementLength();
    const float* rows = CheckedFloats(info[0], count * vision::kColumns, "rows", std::to_string(count) + " feature rows");
    if (rows == nullptr || count == 0) return env.Undefined();
    if (engine_->queued_features() + count > kMaxQueued) {
      ThrowArgumentError(env, "native-size-mismatch", "expected at most 2000000 feature frames to wait; render before pushing more");
      return env.Undefined();
    }
    double last = last_position_;
    for (std::size_t i = 0; i < count; ++i) {
      if (positions[i] >= last && positions[i] <= kMaxPosition && positions[i] == std::floor(positions[i])) {
        last = positions[i];
        continue;
      }
      ThrowArgumentError(env, "native-bad-argument",
                         "expected positions to be whole samples that never fall, got " + std::to_string(positions[i]) + " after " + std::to_string(last));
      return env.Undefined();
    }
    std::vector<control::FeatureEvent> events(count);
    for (std::size_t i = 0; i < count; ++i) {
      events[i].position = static_cast<std::int64_t>(positions[i]);
      std::copy(rows + i * vision::kColumns, rows + (i + 1) * vision::kColumns, events[i].row.begin());
    }
    last_position_ = last;
    engine_->PushFeatures(events.data(), count);
    return env.Undefined();
  }

  Napi::Value SetMapping(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    if (IsBusy(env)) return env.Undefined();
    auto mapping = ReadMapping(env, info[0]);
    double at = 0;
    if (mapping == nullptr || !ReadWhole(info[1], kMaxPosition, "atSample", at)) return env.Undefined();
    double morph = 0;
    if (!info[2].IsUndefined() && !ReadWhole(info[2], kMaxPosition, "morphFrames", morph)) return env.Undefined();
    while (engine_->TakeRetired() != nullptr) {
    }
    engine_->ScheduleMapping(std::move(mapping), static_cast<std::int64_t>(at), static_cast<std::int64_t>(morph));
    return env.Undefined();
  }

  Napi::Value SetCeiling(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    if (IsBusy(env)) return env.Undefined();
    const double ceiling_db = info[0].IsNumber() ? info[0].As<Napi::Number>().DoubleValue() : 0.0;
    double at = 0;
    if (!(ceiling_db >= -60.0 && ceiling_db <= -1.0)) {
      ThrowArgumentError(env, "native-bad-argument", "expected the ceiling to be -60 to -1 dBTP, got " + Shown(info[0]));
      return env.Undefined();
    }
    if (!ReadWhole(info[1], kMaxPosition, "atSample", at)) return env.Undefined();
    engine_->ScheduleCeiling(static_cast<float>(ceiling_db), static_cast<std::int64_t>(at));
    return env.Undefined();
  }

  Napi::Value Render(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    if (IsBusy(env)) return RejectPending(env);
    const int frames = CheckedInteger(info[0], 1, kMaxFrames, "frames");
    if (frames < 0) return RejectPending(env);
    const auto count = static_cast<std::size_t>(frames);
    float* master = CheckedFloats(info[1], 2 * count, "master", "interleaved stereo");
    if (master == nullptr) return RejectPending(env);
    float* stems = nullptr;
    if (!info[2].IsUndefined()) {
      stems = CheckedFloats(info[2], dsp::kStemChannels * count, "stems", "six interleaved channels");
      if (stems == nullptr) return RejectPending(env);
    }
    auto* task = new NativeTask(env, [this, count, master, stems] { engine_->Render(count, master, stems); });
    task->Keep(info.This());
    task->Keep(info[1]);
    if (stems != nullptr) task->Keep(info[2]);
    is_busy_ = true;
    task->OnSettled([this] { is_busy_ = false; });
    return task->Start();
  }

  Napi::Value Inspect(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    if (IsBusy(env)) return env.Undefined();
    const control::ControlBlock& block = engine_->last_block();
    const control::Matrix& matrix = engine_->conductor().matrix();
    auto out = Napi::Object::New(env);
    const auto number = [&](const char* name, double value) { out.Set(name, Napi::Number::New(env, value)); };
    number("position", static_cast<double>(engine_->position()));
    number("bpm", block.bpm);
    number("beat", block.beat_in_bar);
    number("bar", static_cast<double>(block.bar));
    number("wobbleHz", static_cast<double>(block.wobble_hz));
    number("chordRoot", block.chord_root);
    number("chordPlace", block.chord_place);
    number("chordQuality", block.chord_quality);
    number("rhythmLevel", block.rhythm_level);
    number("queued", static_cast<double>(engine_->queued_features()));
    out.Set("hasFaulted", Napi::Boolean::New(env, engine_->has_faulted()));
    auto inputs = Napi::Float32Array::New(env, matrix.row_count());
    auto outputs = Napi::Float32Array::New(env, matrix.row_count());
    for (std::size_t row = 0; row < matrix.row_count(); ++row) {
      inputs[row] = matrix.input(row);
      outputs[row] = matrix.output(row);
    }
    auto parameters = Napi::Float32Array::New(env, control::kParameterCount);
    for (std::size_t p = 0; p < control::kParameterCount; ++p) parameters[p] = block.parameters[p];
    out.Set("inputs", inputs);
    out.Set("outputs", outputs);
    out.Set("parameters", parameters);
    return out;
  }

  Napi::Value TakeTrace(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    if (IsBusy(env)) return env.Undefined();
    const std::vector<float> values = engine_->trace().TakeValues(engine_->position());
    auto out = Napi::Float32Array::New(env, values.size());
    std::copy(values.begin(), values.end(), out.Data());
    return out;
  }

  Napi::Value TakeEvents(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    if (IsBusy(env)) return env.Undefined();
    const auto events = engine_->trace().TakeEvents(engine_->position());
    auto out = Napi::Float64Array::New(env, events.size() * kEventColumns);
    for (std::size_t i = 0; i < events.size(); ++i) {
      const auto& [position, event] = events[i];
      double* column = out.Data() + i * kEventColumns;
      column[0] = static_cast<double>(position);
      column[1] = static_cast<double>(event.kind);
      column[2] = event.index;
      column[3] = static_cast<double>(event.pitch);
      column[4] = static_cast<double>(event.velocity);
      column[5] = event.retrigger ? 1.0 : 0.0;
    }
    return out;
  }

  Napi::Value LookaheadFrames(const Napi::CallbackInfo& info) {
    return Napi::Number::New(info.Env(), static_cast<double>(engine_->lookahead_frames()));
  }

  Napi::Value TraceColumns(const Napi::CallbackInfo& info) {
    return Napi::Number::New(info.Env(), static_cast<double>(engine_->trace().columns()));
  }

  std::unique_ptr<control::SonifyEngine> engine_;
  double last_position_ = 0.0;
  bool is_busy_ = false;
};

}  // namespace

Napi::Function SonifyEngineClass(Napi::Env env) { return Engine::Define(env); }

}  // namespace kinetone::binding

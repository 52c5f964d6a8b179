// SongAnalyzer for JavaScript. Contract: src-main/adapters/native/song.ts.
#include <napi.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "binding/checked_array.h"
#include "binding/exports.h"
#include "binding/native_task.h"
#include "music/song_analysis.h"

namespace kinetone::binding {
namespace {

constexpr const char* kMeters[] = {"3/4", "4/4", "6/8"};
constexpr const char* kSections[] = {"intro", "verse", "chorus", "bridge", "break", "solo", "outro", "silence"};
constexpr const char* kMoments[] = {"intro", "verse", "build", "climax", "bridge", "peak", "resolution"};
constexpr const char* kRelations[] = {"half", "double", "third", "triple", "other"};
constexpr const char* kTonics[] = {"C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"};

template <typename Number>
Napi::Array Numbers(Napi::Env env, const std::vector<Number>& values) {
  const auto array = Napi::Array::New(env, values.size());
  for (std::size_t i = 0; i < values.size(); ++i) array.Set(static_cast<std::uint32_t>(i), static_cast<double>(values[i]));
  return array;
}

Napi::Array Alternatives(Napi::Env env, const music::SongAnalysis& song) {
  const auto array = Napi::Array::New(env);
  for (const music::TempoAlternative& each : song.alternatives) {
    const auto object = Napi::Object::New(env);
    object.Set("tempo", each.tempo);
    object.Set("confidence", each.confidence);
    object.Set("relation", kRelations[static_cast<std::size_t>(each.relation)]);
    array.Set(array.Length(), object);
  }
  return array;
}

Napi::Array Sections(Napi::Env env, const music::SongAnalysis& song) {
  const auto array = Napi::Array::New(env);
  for (const music::Section& each : song.sections) {
    const auto object = Napi::Object::New(env);
    object.Set("start", each.start);
    object.Set("end", each.end);
    object.Set("label", kSections[static_cast<std::size_t>(each.label)]);
    object.Set("energy", each.energy);
    array.Set(array.Length(), object);
  }
  return array;
}

Napi::Array Moments(Napi::Env env, const music::SongAnalysis& song) {
  const auto array = Napi::Array::New(env);
  for (const music::KeyMoment& each : song.moments) {
    const auto object = Napi::Object::New(env);
    object.Set("time", each.time);
    object.Set("kind", kMoments[static_cast<std::size_t>(each.kind)]);
    object.Set("energy", each.energy);
    array.Set(array.Length(), object);
  }
  return array;
}

Napi::Value KeyName(Napi::Env env, const music::SongKey& key) {
  if (key.tonic < 0) return env.Null();
  return Napi::String::New(env, std::string(kTonics[key.tonic]) + (key.is_minor ? " minor" : " major"));
}

Napi::Object Answer(Napi::Env env, const music::SongAnalysis& song) {
  const auto object = Napi::Object::New(env);
  object.Set("duration", song.duration);
  object.Set("tempo", song.tempo > 0 ? Napi::Value(Napi::Number::New(env, song.tempo)) : env.Null());
  object.Set("tempo_confidence", song.tempo_confidence);
  object.Set("tempo_alternatives", Alternatives(env, song));
  object.Set("is_tempo_variable", song.is_tempo_variable);
  object.Set("beats", Numbers(env, song.beats));
  object.Set("downbeats", Numbers(env, song.downbeats));
  object.Set("time_signature", song.meter == 0 ? env.Null() : Napi::Value(Napi::String::New(env, kMeters[song.meter == 3 ? 0 : song.meter == 4 ? 1 : 2])));
  object.Set("sections", Sections(env, song));
  object.Set("energy", Numbers(env, song.energy));
  object.Set("rhythm_strength", song.rhythm_strength);
  object.Set("syncopation", song.syncopation);
  object.Set("key", KeyName(env, song.key));
  object.Set("key_confidence", song.key.confidence);
  object.Set("key_moments", Moments(env, song));
  return object;
}

class SongAnalyzer : public Napi::ObjectWrap<SongAnalyzer> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "SongAnalyzer",
                       {InstanceMethod<&SongAnalyzer::Push>("push"), InstanceMethod<&SongAnalyzer::Finish>("finish"), InstanceMethod<&SongAnalyzer::Cancel>("cancel"),
                        StaticValue("sampleRate", Napi::Number::New(env, static_cast<double>(music::kSongRate)), napi_enumerable)});
  }

  explicit SongAnalyzer(const Napi::CallbackInfo& info) : Napi::ObjectWrap<SongAnalyzer>(info) {}

 private:
  // What a running analysis works on: it may outlive this object.
  struct Work {
    music::SongFeatures features;
    music::Activations activations;
    music::SongAnalysis song;
    std::atomic<bool> is_cancelled{false};
  };

  Napi::Value Push(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    if (!info[0].IsTypedArray() || info[0].As<Napi::TypedArray>().TypedArrayType() != napi_float32_array) {
      ThrowArgumentError(env, "native-bad-argument", "expected samples to be a Float32Array");
      return env.Undefined();
    }
    const auto samples = info[0].As<Napi::Float32Array>();
    listener_.Push(samples.Data(), samples.ElementLength());
    return env.Undefined();
  }

  // Copies {values, rate, start} or nothing. False after throwing.
  static bool ReadActivations(Napi::Value given, music::Activations& out) {
    if (given.IsUndefined() || given.IsNull()) return true;
    const Napi::Env env = given.Env();
    if (!given.IsObject()) {
      ThrowArgumentError(env, "native-bad-argument", "expected activations to be {values, rate, start}, null or left out, got " + Shown(given));
      return false;
    }
    const auto object = given.As<Napi::Object>();
    const Napi::Value values = object.Get("values");
    if (env.IsExceptionPending() || !values.IsTypedArray() || values.As<Napi::TypedArray>().TypedArrayType() != napi_float32_array) {
      ThrowArgumentError(env, "native-bad-argument", "expected activations.values to be a Float32Array");
      return false;
    }
    const auto array = values.As<Napi::Float32Array>();
    if (array.ElementLength() % 2 != 0) {
      ThrowArgumentError(env, "native-size-mismatch", "expected activations.values to hold pairs (beat, downbeat), got " + std::to_string(array.ElementLength()) + " values");
      return false;
    }
    if (!CheckedNumber(object.Get("rate"), 1, 1000, "activations.rate", out.rate) || !CheckedNumber(object.Get("start"), -10, 10, "activations.start", out.start)) return false;
    out.values.assign(array.Data(), array.Data() + array.ElementLength());
    for (float& x : out.values) x = x >= 0 && x <= 1 ? x : 0;  // what is no probability is none
    return true;
  }

  Napi::Value Finish(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    auto work = std::make_shared<Work>();
    if (!ReadActivations(info[0], work->activations)) return RejectPending(env);
    work->features = listener_.Finish();
    running_ = work;
    auto* task = new NativeTask(env, [work] { work->song = music::AnalyzeSong(std::move(work->features), work->activations, work->is_cancelled); });
    task->AnswerWith([work](Napi::Env then) -> Napi::Value { return Answer(then, work->song); });
    return task->Start();
  }

  Napi::Value Cancel(const Napi::CallbackInfo& info) {
    if (const auto work = running_.lock()) work->is_cancelled = true;
    return info.Env().Undefined();
  }

  music::SongListener listener_;
  std::weak_ptr<Work> running_;
};

}  // namespace

Napi::Function SongAnalyzerClass(Napi::Env env) { return SongAnalyzer::Define(env); }

}  // namespace kinetone::binding

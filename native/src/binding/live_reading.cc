#include "binding/live_reading.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace kinetone::binding {
namespace {

constexpr std::size_t kHeadColumns = 5;
constexpr std::size_t kMostEvents = 1024;
constexpr std::size_t kMostFrames = 1 << 16;

template <typename Values>
Napi::Float32Array Floats(Napi::Env env, const Values& values, std::size_t count) {
  auto out = Napi::Float32Array::New(env, count);
  std::copy_n(values.begin(), count, out.Data());
  return out;
}

// Minus infinity is no number in JSON: silence is null.
Napi::Value Level(Napi::Env env, double value) { return std::isfinite(value) ? Napi::Value(Napi::Number::New(env, value)) : Napi::Value(env.Null()); }

}  // namespace

Napi::Value ReadState(Napi::Env env, audio::LivePlayer& player) {
  const audio::LiveState& state = player.State();
  auto out = Napi::Object::New(env);
  const auto number = [&](const char* name, double value) { out.Set(name, Napi::Number::New(env, value)); };
  const auto flag = [&](const char* name, bool value) { out.Set(name, Napi::Boolean::New(env, value)); };
  number("position", static_cast<double>(state.position));
  number("filmS", state.film_s);
  flag("isPlaying", state.is_playing);
  flag("isSilenced", state.is_silenced);
  flag("isStarved", state.is_starved);
  flag("hasFaulted", state.has_faulted);
  flag("isMorphing", state.is_morphing);
  number("speed", static_cast<double>(state.speed));
  number("bpm", state.bpm);
  number("beat", static_cast<double>(state.beat));
  number("bar", static_cast<double>(state.bar));
  number("wobbleHz", static_cast<double>(state.wobble_hz));
  number("chordRoot", state.chord_root);
  number("chordPlace", state.chord_place);
  number("chordQuality", state.chord_quality);
  number("rhythmLevel", state.rhythm_level);
  number("serial", state.mapping_serial);
  number("lostEvents", static_cast<double>(player.lost_events()));
  out.Set("inputs", Floats(env, state.inputs, state.row_count));
  out.Set("outputs", Floats(env, state.outputs, state.row_count));
  out.Set("parameters", Floats(env, state.parameters, state.parameters.size()));
  out.Set("seen", Floats(env, state.seen, state.seen.size()));
  return out;
}

Napi::Value ReadMeters(Napi::Env env, audio::LivePlayer& player, audio::MonitorMeter& meter, bool resets) {
  std::vector<float> samples(2 * 4096);
  if (resets) meter.ResetLoudness();
  while (const std::size_t frames = player.TakeOutput(samples.data(), samples.size() / 2)) meter.Push(samples.data(), frames);
  auto out = Napi::Object::New(env);
  const auto levels = meter.TakeLevels();
  out.Set("levels", Floats(env, levels, levels.size()));
  const auto strips = player.TakeStripPeaks();
  out.Set("strips", Floats(env, strips, strips.size()));
  out.Set("momentaryLufs", Level(env, meter.MomentaryLufs()));
  out.Set("shortTermLufs", Level(env, meter.ShortTermLufs()));
  out.Set("integratedLufs", Level(env, meter.IntegratedLufs()));
  auto scope = Napi::Float32Array::New(env, audio::MonitorMeter::kScopePoints);
  meter.Scope(scope.Data());
  out.Set("scope", scope);
  auto bands = Napi::Float32Array::New(env, audio::MonitorMeter::kBands);
  meter.Spectrum(bands.Data());
  out.Set("spectrum", bands);
  return out;
}

Napi::Value ReadEvents(Napi::Env env, audio::LivePlayer& player) {
  std::vector<audio::LiveEvent> events(kMostEvents);
  const std::size_t count = player.TakeEvents(events.data(), events.size());
  if (count == 0) return env.Null();
  auto heads = Napi::Float64Array::New(env, count * kHeadColumns);
  auto rows = Napi::Float32Array::New(env, count * vision::kColumns);
  for (std::size_t i = 0; i < count; ++i) {
    const audio::LiveEvent& event = events[i];
    double* head = heads.Data() + i * kHeadColumns;
    head[0] = static_cast<double>(event.kind);
    head[1] = static_cast<double>(event.position);
    head[2] = event.serial;
    head[3] = static_cast<double>(event.morph_frames);
    head[4] = static_cast<double>(event.value);
    std::copy(event.row.begin(), event.row.end(), rows.Data() + i * vision::kColumns);
  }
  auto out = Napi::Object::New(env);
  out.Set("heads", heads);
  out.Set("rows", rows);
  return out;
}

Napi::Value ReadTap(Napi::Env env, audio::RecordingTap& tap) {
  const bool is_done = tap.is_done.load(std::memory_order_acquire);
  const std::size_t count = std::min(tap.samples.size(), 2 * kMostFrames);
  auto samples = Napi::Float32Array::New(env, count);
  tap.samples.PopSome(samples.Data(), count);
  auto out = Napi::Object::New(env);
  out.Set("samples", samples);
  out.Set("start", static_cast<double>(tap.is_running.load(std::memory_order_acquire) ? tap.start : 0));
  out.Set("lostFrames", static_cast<double>(tap.lost_frames.load()));
  out.Set("isDone", is_done && tap.samples.size() == 0);
  return out;
}

}  // namespace kinetone::binding

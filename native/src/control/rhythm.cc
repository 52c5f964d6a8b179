#include "control/rhythm.h"

#include "dsp/math.h"

namespace kinetone::control {
namespace {

constexpr float kHysteresis = 0.05f;  // of a level, beyond its border

int WithHysteresis(float position, int present) {
  const float offset = position - static_cast<float>(present);
  return offset > 0.5f + kHysteresis || offset < -0.5f - kHysteresis ? dsp::RoundToInt(position) : present;
}

}  // namespace

void Rhythm::Choose(float complexity, float balance) {
  const float position = complexity * static_cast<float>(kComplexityLevels - 1);
  // Any complexity at all is at least one hit a bar; none is silence.
  level_ = complexity <= 0.005f ? 0 : dsp::Clamp(WithHysteresis(position, level_), 1, kComplexityLevels - 1);
  zone_ = dsp::Clamp(WithHysteresis(balance * static_cast<float>(kBalanceZones - 1), zone_), 0, kBalanceZones - 1);
}

int Rhythm::HitsAt(Kit kit, int step_in_bar, std::array<DrumHit, kMaxHitsPerStep>& hits) const {
  int count = 0;
  for (const RhythmLayer& layer : PatternOf(kit)) {
    const int layer_hits = layer.hits[static_cast<std::size_t>(level_)];
    if (!IsEuclideanHit(step_in_bar, layer_hits, layer.rotation)) continue;
    const bool on_beat = step_in_bar % kStepsPerBeat == 0;
    const Drum drum = layer.drums[static_cast<std::size_t>(zone_)];
    hits[static_cast<std::size_t>(count++)] = {drum, on_beat ? layer.velocity : layer.offbeat_velocity};
  }
  return count;
}

}  // namespace kinetone::control

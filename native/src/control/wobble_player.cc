#include "control/wobble_player.h"

#include "dsp/block.h"
#include "dsp/math.h"

namespace kinetone::control {
namespace {

constexpr float kCrossSeconds = 0.025f;

}  // namespace

void WobblePlayer::Init(float ticks_per_second) {
  division_.Init();
  now_ = {0.0, kDivisions[0]};
  before_ = now_;
  blend_ = 1.0f;
  blend_step_ = 1.0f / (kCrossSeconds * ticks_per_second);
  free_phase_ = 0.0;
  was_synced_ = true;
}

void WobblePlayer::OnStep(float rate_hz, int bpm) {
  const float cycles = kDivisions[static_cast<std::size_t>(division_.Choose(rate_hz, bpm))];
  if (cycles == now_.cycles_per_beat) return;
  before_ = now_;
  now_.cycles_per_beat = cycles;
  blend_ = 0.0f;
}

void WobblePlayer::BeginAt(double beat) {
  // A division at phase 0 there anyway has nothing to cross over.
  const double phase = dsp::Fraction((beat - now_.origin) * static_cast<double>(now_.cycles_per_beat));
  if (phase > 1.0e-4 && phase < 1.0 - 1.0e-4) {
    before_ = now_;
    blend_ = 0.0f;
  }
  now_.origin = beat;
}

void WobblePlayer::Tick(double beats, double beats_per_block, bool sync, float rate_hz, float blocks_per_second, ControlBlock& block) {
  WobblePhase& out = block.wobble;
  const auto locked_phase = [beats](const Lock& lock) {
    return static_cast<float>(dsp::Fraction((beats - lock.origin) * static_cast<double>(lock.cycles_per_beat)));
  };
  if (sync) {
    out.phase = locked_phase(now_);
    out.increment = static_cast<float>(beats_per_block) * now_.cycles_per_beat;
    out.old_phase = locked_phase(before_);
    out.old_increment = static_cast<float>(beats_per_block) * before_.cycles_per_beat;
    block.wobble_hz = now_.cycles_per_beat * static_cast<float>(beats_per_block) * blocks_per_second;
    free_phase_ = static_cast<double>(out.phase + out.increment);
  } else {
    out.phase = static_cast<float>(dsp::Fraction(free_phase_));
    out.increment = rate_hz / blocks_per_second;
    out.old_phase = out.phase;
    out.old_increment = out.increment;
    block.wobble_hz = rate_hz;
    free_phase_ = dsp::Fraction(free_phase_ + static_cast<double>(out.increment));
  }
  if (sync && !was_synced_) blend_ = 1.0f;
  was_synced_ = sync;
  out.blend_from = blend_;
  blend_ = dsp::Clamp(blend_ + blend_step_, 0.0f, 1.0f);
  out.blend_to = blend_;

  // Cycles begin where the phase passes a whole number; half a frame of slack keeps the bar's own start.
  const float slack = 0.5f * out.increment / dsp::kBlockFrames;
  const bool at_start = out.phase < slack || out.phase > 1.0f - slack;
  cycle_starts_ = at_start || out.phase + out.increment >= 1.0f + slack;
  if (at_start) {
    cycle_offset_ = 0;
  } else if (cycle_starts_) {
    cycle_offset_ = dsp::Clamp(dsp::RoundToInt((1.0f - out.phase) / out.increment * dsp::kBlockFrames), 0, dsp::kBlockFrames - 1);
  }
}

}  // namespace kinetone::control

// The conductor: feature events and a mapping in, one ControlBlock per 64 frames out. It knows nothing of sound, so the
// same object runs the engine, the studio's live bars and the tests. Audio thread; no allocation after Init.
#pragma once

#include <cstdint>

#include "control/clock.h"
#include "control/control_block.h"
#include "control/harmony.h"
#include "control/matrix.h"
#include "control/morph.h"
#include "control/pad_player.h"
#include "control/rhythm.h"
#include "control/tempo.h"
#include "control/wobble_player.h"

namespace kinetone::control {

class Conductor {
 public:
  // start: the first position that will be ticked; beats are counted from sample 0 wherever one starts.
  void Init(double rate, std::uint32_t seed, std::int64_t start);
  // The mapping must outlive its use; smoothing of rows with the same id goes on.
  void SetMapping(const Mapping& mapping);
  // Moves to another mapping over a number of ticks; both must outlive it. One that is running is left where it is.
  void MorphTo(const Mapping& mapping, std::int64_t ticks);
  bool is_morphing() const { return morph_.is_running(); }
  // One feature frame; it takes effect at the next Tick. position: its absolute sample.
  void Observe(const vision::FeatureRow& row, std::int64_t position);
  // Fills the block that begins at `position`, an absolute multiple of 64, each call 64 after the last.
  void Tick(std::int64_t position, ControlBlock& block);

  const Matrix& matrix() const { return matrix_; }
  const Mapping& mapping() const { return *mapping_; }
  // Sounds and faders at the newest tick.
  const SoundSettings& settings() const { return settings_; }

 private:
  void Start(std::int64_t position, const ControlBlock& block);
  void Steps(std::int64_t position, ControlBlock& block);
  void OnStep(std::int64_t step, int offset, ControlBlock& block);
  void OnBeat(std::int64_t beat, int offset, ControlBlock& block);
  void StartBar(std::int64_t beat);
  void Hit(const DrumHit& hit, int offset, ControlBlock& block) const;
  void WakeBass(int offset, ControlBlock& block);
  void PlayDrums(std::int64_t step, int offset, ControlBlock& block) const;
  void TurnAround(int step_in_bar, DrumHit& hit) const;
  void Accent(ControlBlock& block);
  // The mapping whose key, tempo source and sounds are in force.
  const Mapping& playing() const { return morph_.is_running() && morph_.is_before_middle() ? *morph_.from() : *mapping_; }

  double rate_ = 48000.0;
  std::uint32_t seed_ = 0;
  const Mapping* mapping_ = nullptr;
  SourceReader sources_;
  Matrix matrix_;
  Morph morph_;
  SoundSettings settings_;
  ParameterValues heard_{};
  Clock clock_;
  Tempo tempo_;
  Rhythm rhythm_;
  Harmony harmony_;
  PadPlayer pads_;
  WobblePlayer wobble_;

  bool started_ = false;
  std::int64_t next_step_ = 0;       // global sixteenth that has not sounded yet
  std::int64_t bar_start_beat_ = 0;  // global beat on which the present bar began
  std::int64_t bar_ = 0;
  std::int64_t last_cut_ = 0;
  bool has_cut_ = false;
  bool is_bass_awake_ = false;
  bool cut_now_ = false;         // an accent is due at the next tick
  bool new_bar_due_ = false;     // the next beat begins a bar, with a fill
  std::int64_t fill_beat_ = -1;  // global beat that carries the fill
};

}  // namespace kinetone::control

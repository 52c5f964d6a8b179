// Side-chain ducking: each kick presses a level down within a few milliseconds and lets it back up; never jumps.
#pragma once

#include "control/control_block.h"
#include "control/rhythm.h"
#include "dsp/block.h"
#include "dsp/env/attack_release.h"

namespace kinetone::dsp {

class Duck {
 public:
  void Init(float rate) {
    rate_ = rate;
    envelope_.Init();
    hold_left_ = 0;
  }

  // Writes how far the level is pressed down (0..1) for each frame of the block.
  void Render(const control::ControlBlock& block, float recover_ms, float* depth) {
    envelope_.SetTimes(kAttackMs * 0.001f * rate_, recover_ms * 0.001f * rate_ / kRecoverConstants);
    int kick = -1;  // two kicks within 1.3 ms are one
    for (int e = 0; e < block.event_count; ++e) {
      const control::NoteEvent& event = block.events[static_cast<std::size_t>(e)];
      if (event.kind == control::NoteKind::kDrum && event.index == static_cast<int>(control::Drum::kKick)) kick = event.offset;
    }
    AttackRelease envelope = envelope_;
    for (int i = 0; i < kBlockFrames; ++i) {
      if (i == kick) {
        hold_left_ = static_cast<int>(kHoldMs * 0.001f * rate_);
        envelope.Open();
      }
      if (hold_left_ > 0 && --hold_left_ == 0) envelope.Close();
      depth[i] = envelope.Next();
    }
    envelope_ = envelope;
  }

 private:
  static constexpr float kAttackMs = 1.5f, kHoldMs = 18.0f;
  static constexpr float kRecoverConstants = 2.5f;  // time constants until it counts as back

  float rate_ = 48000.0f;
  AttackRelease envelope_;
  int hold_left_ = 0;
};

}  // namespace kinetone::dsp

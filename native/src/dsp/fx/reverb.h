// Feedback-delay-network reverb: eight lines, Hadamard feedback, a low-pass per line, two all-passes before it.
// Source: Jot and Chaigne, "Digital delay networks for designing artificial reverberators", AES 1991.
#pragma once

#include <array>

#include "dsp/block.h"
#include "dsp/fx/delay_line.h"
#include "dsp/fx/feedback_network.h"

namespace kinetone::dsp {

class Reverb {
 public:
  // size: scales the line lengths (1 = hall, 0.3 = room).
  void Init(float rate, float size);
  // Time in which the tail falls by 60 dB; may be called at any block.
  void SetDecay(float seconds);
  // Adds the wet sound of kBlockFrames interleaved frames to out; in and out may not overlap. Once nothing comes in and the tail has
  // fallen below -180 dB it rests: nothing is computed, and it wakes as if new.
  void ProcessAdd(const float* in, float* out);

 private:
  static constexpr int kLines = FeedbackNetwork::kLines;

  void TakeInput(const float* in, float (&input)[2][kBlockFrames]);
  void Diffuse(std::size_t channel, float* x);
  void EndTail(const float (&input)[2][kBlockFrames], float (&lines)[kLines][kBlockFrames]);

  float rate_ = 48000.0f;
  std::array<DelayLine, kLines> lines_;
  std::array<std::size_t, kLines> lengths_{};
  FeedbackNetwork network_;
  std::array<std::array<DelayLine, 2>, 2> diffusers_;
  std::array<std::size_t, 4> diffuser_lengths_{};
  std::size_t quiet_frames_ = 0, longest_ = 0;  // rests when the one has reached the other
  float decay_seconds_ = 0.0f, low_[2] = {}, low_cut_ = 0.0f;
};

}  // namespace kinetone::dsp

// The sound engine: one ControlBlock in, three stems and the master out, 64 frames at a time. Knows nothing of pictures.
// Audio thread; no allocation after Init. Latency: latency_frames(), the same for stems and master.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "control/control_block.h"
#include "dsp/filter/dc_blocker.h"
#include "dsp/fx/chorus.h"
#include "dsp/fx/formant.h"
#include "dsp/fx/reverb.h"
#include "dsp/fx/tempo_delay.h"
#include "dsp/mix/compressor.h"
#include "dsp/mix/duck.h"
#include "dsp/mix/limiter.h"
#include "dsp/mix/strip.h"
#include "dsp/synth_parameters.h"
#include "dsp/voice/bass.h"
#include "dsp/voice/drum_machine.h"
#include "dsp/voice/pad.h"

namespace kinetone::dsp {

inline constexpr int kStemChannels = 6;  // bass L R, rhythm L R, atmosphere L R

class Synth {
 public:
  void Init(float rate, std::uint32_t seed);
  // master: 2 * kBlockFrames interleaved; stems: kStemChannels * kBlockFrames interleaved. Both are latency_frames() late
  // and belong together. The sum of the stems, ((bass + rhythm) + atmosphere), is the premaster.
  void Render(const control::ControlBlock& block, const control::SoundSettings& settings, float* master, float* stems);
  // dBTP, at most -1.
  void SetCeiling(float ceiling_db) { limiter_.SetCeiling(ceiling_db); }
  int latency_frames() const { return limiter_.latency_frames(); }
  // True once a sample that was not a number, or absurdly large, had to be muted.
  bool has_faulted() const { return has_faulted_; }

 private:
  using Stereo = std::array<float, 2 * kBlockFrames>;
  using Buses = std::array<Stereo, control::kStripCount>;

  void SmoothParameters(const control::ControlBlock& block);
  void RenderRhythm(const control::ControlBlock& block, const control::SoundSettings& settings, Stereo& stem);
  void RenderAtmosphere(const control::ControlBlock& block, const control::SoundSettings& settings, Stereo& stem);
  void FollowPadShape(control::PadShape wanted);
  void DuckUnderKick(const control::ControlBlock& block, const control::SoundSettings& settings, Buses& buses);
  void PassFaders(const control::SoundSettings& settings, Buses& buses);
  void Master(const control::SoundSettings& settings, const Buses& buses, float* master);
  void DelayStems(const Buses& stems, float* out);
  void Guard(float* samples, int count);

  float rate_ = 48000.0f;
  float parameter_keep_ = 0.0f;
  bool started_ = false, has_faulted_ = false;
  SynthParameters parameters_;

  BassVoice bass_;
  DrumMachine drums_;
  PadVoices pads_;
  Reverb hall_, room_;
  TempoDelay delay_;
  Chorus chorus_;
  Formant formant_;
  control::PadShape pad_shape_{};
  float pad_fade_ = 1.0f;

  Duck duck_;
  std::array<Strip, control::kStripCount> strips_;
  DcBlockers<control::kStripCount> dc_blockers_;
  Compressor compressor_;
  Limiter limiter_;
  float master_gain_ = 1.0f;
  std::vector<float> stem_delay_;
  std::size_t stem_head_ = 0;
};

}  // namespace kinetone::dsp

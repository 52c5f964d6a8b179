// The last line of defence: a stretch that holds anything but sound is muted whole. Audio thread.
#pragma once

namespace kinetone::dsp {

inline constexpr float kLoudestSound = 64.0f;  // +36 dBFS: only a fault is that loud

// Returns false after muting: a sample was no number, infinite, or louder than kLoudestSound.
inline bool MuteUnlessSound(float* samples, int count) {
  bool is_sound = true;
  for (int i = 0; i < count; ++i) is_sound &= samples[i] > -kLoudestSound && samples[i] < kLoudestSound;  // false for NaN too
  if (is_sound) return true;
  for (int i = 0; i < count; ++i) samples[i] = 0.0f;
  return false;
}

}  // namespace kinetone::dsp

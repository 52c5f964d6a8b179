// What a clip sounds like, as 128 numbers: timbre, its change, pitch classes, dynamics and pulse, each a statistic over the whole
// clip, so that clips of different lengths compare. The embedding space "sound-1"; docs/library.md says what each number means.
// Sources: mel bands and cepstra as Davis, Mermelstein, IEEE TASSP 28(4), 1980; chroma as Fujishima, ICMC 1999; tempogram as
// Grosche, Müller, Kurth, ICASSP 2010.
#pragma once

#include <cstddef>

namespace kinetone::music {

inline constexpr std::size_t kClipSoundLength = 128;
inline constexpr int kClipSoundRate = 22050;

// samples: mono at kClipSoundRate, -1..1. out: kClipSoundLength numbers of Euclidean length 1; all zero for silence (below
// -70 dBFS) and for less than a quarter of a second. Any thread. Cost: about 0.4 ms a second of sound.
void ClipSound(const float* samples, std::size_t count, float* out);

}  // namespace kinetone::music

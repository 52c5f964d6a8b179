// The key of a song. Source: Krumhansl, "Cognitive Foundations of Musical Pitch", 1990, chapters 2 and 4: correlation of the pitch
// class distribution with the profiles of Krumhansl and Kessler (1982).
#pragma once

#include "music/song_features.h"

namespace kinetone::music {

struct SongKey {
  int tonic = -1;  // 0 is C; -1 where no key stands out
  bool is_minor = false;
  // How far the best correlation is ahead of the best other, as a share of 0.2, times the correlation; 0..1.
  double confidence = 0;
};

SongKey FindKey(const SongFeatures& features);

}  // namespace kinetone::music

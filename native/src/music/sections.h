// The parts of a song: where its harmony and sound change, which parts come again, and what each is likely to be.
// Sources: Foote, "Automatic audio segmentation using a measure of audio novelty", ICME 2000 (checkerboard kernel along the diagonal
// of the self-similarity); Paulus, Mueller, Klapuri, "Audio-based music structure analysis", ISMIR 2010 (repetition, homogeneity).
#pragma once

#include <cstddef>
#include <vector>

#include "music/song_features.h"

namespace kinetone::music {

// In the order of SECTION_LABELS in src-main/contract/documents/song-analysis.ts.
enum class SectionLabel { kIntro, kVerse, kChorus, kBridge, kBreak, kSolo, kOutro, kSilence };

struct Section {
  double start = 0, end = 0;  // seconds
  SectionLabel label = SectionLabel::kVerse;
  double energy = 0;
};

// bar_starts: seconds, rising, of bars or of equal stretches where there are none; sections begin on them. energy: one value per
// second. Sections follow each other without a gap from 0 to the end. Cost: linear in the bars for the boundaries (only a band along
// the diagonal is compared), quadratic in the sections for their repetition, which are at most one per 8 s.
std::vector<Section> FindSections(const std::vector<double>& bar_starts, const SongFeatures& features, const std::vector<float>& energy);

}  // namespace kinetone::music

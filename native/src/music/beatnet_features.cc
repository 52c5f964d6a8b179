#include "music/beatnet_features.h"

#include <algorithm>
#include <cmath>

namespace kinetone::music {

BeatNetFeatures::BeatNetFeatures(const float* filterbank) : bands_(kBeatNetBands), magnitudes_(kBeatNetBins), levels_(kBeatNetBands) {
  for (std::size_t b = 0; b < kBeatNetBands; ++b) {
    const float* row = filterbank + b * kBeatNetBins;
    const float* end = row + kBeatNetBins;
    const auto is_used = [](float weight) { return weight != 0.0f; };
    const float* first = std::find_if(row, end, is_used);
    const float* last = end;
    while (last > first && !is_used(last[-1])) --last;
    bands_[b] = {static_cast<std::size_t>(first - row), static_cast<std::size_t>(last - first), weights_.size()};
    weights_.insert(weights_.end(), first, last);
  }
  Reset();
}

void BeatNetFeatures::Reset() {
  pending_.assign(kBeatNetWindow / 2, 0.0f);
  pushed_ = emitted_ = 0;
}

void BeatNetFeatures::EmitFrame(std::vector<float>& out) {
  dft_.Magnitudes(pending_.data(), magnitudes_.data());
  const std::size_t at = out.size();
  out.resize(at + kBeatNetFeatures);
  for (std::size_t b = 0; b < kBeatNetBands; ++b) {
    const Band& band = bands_[b];
    float sum = 0;
    for (std::size_t i = 0; i < band.bins; ++i) sum += weights_[band.first_weight + i] * magnitudes_[band.first_bin + i];
    const float level = std::log10(1.0f + sum);
    out[at + b] = level;
    out[at + kBeatNetBands + b] = emitted_ == 0 ? 0.0f : std::max(0.0f, level - levels_[b]);
    levels_[b] = level;
  }
  ++emitted_;
}

void BeatNetFeatures::Push(const float* samples, std::size_t count, std::vector<float>& out) {
  // In bounded steps, so that what is kept stays short however much is pushed.
  constexpr std::size_t kStep = 16384;
  for (std::size_t done = 0; done < count; done += kStep) {
    const std::size_t step = std::min(kStep, count - done);
    for (std::size_t i = 0; i < step; ++i) {
      const float x = samples[done + i];
      pending_.push_back(std::isfinite(x) ? x : 0.0f);
    }
    pushed_ += step;
    std::size_t used = 0;
    while (pending_.size() - used >= kBeatNetWindow) {
      // The frame reads from the front: one move per step, not per frame.
      if (used > 0) pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(used)), used = 0;
      EmitFrame(out);
      used = kBeatNetHop;
    }
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(used));
  }
}

void BeatNetFeatures::Finish(std::vector<float>& out) {
  const std::size_t frames = (pushed_ + kBeatNetHop - 1) / kBeatNetHop;
  while (emitted_ < frames) {
    pending_.resize(std::max(pending_.size(), kBeatNetWindow), 0.0f);
    EmitFrame(out);
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(kBeatNetHop));
  }
  Reset();
}

}  // namespace kinetone::music

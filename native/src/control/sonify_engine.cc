#include "control/sonify_engine.h"

#include <algorithm>
#include <cstring>

#include "rt/denormals.h"

namespace kinetone::control {

using dsp::kBlockFrames;
using dsp::kStemChannels;

SonifyEngine::SonifyEngine(const EngineOptions& options, MappingPointer mapping)
    : is_tracing_(options.trace_hz > 0.0 || options.keep_events),
      mapping_(std::move(mapping)),
      position_(options.start),
      tick_(options.start / kBlockFrames * kBlockFrames) {
  features_.reserve(kReserved);
  changes_.reserve(kReserved);
  retired_.reserve(2 * kReserved);
  conductor_.Init(options.rate, options.seed, tick_);
  conductor_.SetMapping(*mapping_);
  synth_.Init(static_cast<float>(options.rate), options.seed);
  trace_.Init(options.rate, options.trace_hz, options.keep_events, mapping_->row_count, options.start);
}

void SonifyEngine::PushFeatures(const FeatureEvent* events, std::size_t count) {
  features_.erase(features_.begin(), features_.begin() + static_cast<std::ptrdiff_t>(next_feature_));
  next_feature_ = 0;
  features_.insert(features_.end(), events, events + count);
}

void SonifyEngine::ScheduleMapping(MappingPointer mapping, std::int64_t at_sample, std::int64_t morph_frames) {
  Insert({at_sample, std::move(mapping), morph_frames, 0.0f});
}

void SonifyEngine::ScheduleCeiling(float ceiling_db, std::int64_t at_sample) { Insert({at_sample, nullptr, 0, ceiling_db}); }

void SonifyEngine::Insert(Change change) {
  const auto later = std::find_if(changes_.begin(), changes_.end(), [&](const Change& other) { return other.at_sample > change.at_sample; });
  changes_.insert(later, std::move(change));
  // Each change retires two mappings at most.
  if (retired_.capacity() < retired_.size() + 2 * changes_.size()) retired_.reserve(2 * (retired_.size() + 2 * changes_.size()));
}

SonifyEngine::MappingPointer SonifyEngine::TakeRetired() {
  if (retired_.empty()) return nullptr;
  MappingPointer mapping = std::move(retired_.back());
  retired_.pop_back();
  return mapping;
}

void SonifyEngine::Retire(MappingPointer mapping) {
  if (mapping != nullptr) retired_.push_back(std::move(mapping));
}

void SonifyEngine::Apply(Change& change) {
  if (change.mapping == nullptr) {
    synth_.SetCeiling(change.ceiling_db);
    return;
  }
  const std::int64_t ticks = change.morph_frames / kBlockFrames;
  if (ticks > 0) {
    conductor_.MorphTo(*change.mapping, ticks);
    Retire(std::move(morph_from_));
    morph_from_ = std::move(mapping_);
  } else {
    conductor_.SetMapping(*change.mapping);
    Retire(std::move(mapping_));
  }
  mapping_ = std::move(change.mapping);
}

void SonifyEngine::TakeEvents() {
  std::size_t due = 0;
  while (due < changes_.size() && changes_[due].at_sample <= tick_) Apply(changes_[due++]);
  changes_.erase(changes_.begin(), changes_.begin() + static_cast<std::ptrdiff_t>(due));
  while (next_feature_ < features_.size() && features_[next_feature_].position <= tick_) {
    conductor_.Observe(features_[next_feature_].row, features_[next_feature_].position);
    ++next_feature_;
  }
}

void SonifyEngine::RenderBlock() {
  TakeEvents();
  conductor_.Tick(tick_, block_);
  if (!conductor_.is_morphing()) Retire(std::move(morph_from_));
  if (is_tracing_) trace_.Record(block_, conductor_);
  synth_.Render(block_, conductor_.settings(), master_, stems_);
  tick_ += kBlockFrames;
}

void SonifyEngine::RunAhead() {
  // The limiter looks ahead, so the engine does: what it gives out meanwhile is silence, and dropped.
  const std::int64_t first = tick_;
  while (tick_ < first + synth_.latency_frames()) RenderBlock();
  const auto skip = static_cast<std::size_t>(position_ - first);
  if (skip > 0) {
    RenderBlock();
    ready_ = kBlockFrames - skip;
  }
  is_ahead_ = true;
}

void SonifyEngine::Render(std::size_t frames, float* master, float* stems) {
  const rt::ScopedFlushDenormals flush;
  if (!is_ahead_) RunAhead();
  std::size_t done = 0;
  while (done < frames) {
    if (ready_ == 0) {
      RenderBlock();
      ready_ = kBlockFrames;
    }
    const std::size_t from = kBlockFrames - ready_;
    const std::size_t count = std::min(ready_, frames - done);
    std::memcpy(master + 2 * done, master_ + 2 * from, 2 * count * sizeof(float));
    if (stems != nullptr) std::memcpy(stems + kStemChannels * done, stems_ + kStemChannels * from, kStemChannels * count * sizeof(float));
    done += count;
    ready_ -= count;
  }
  position_ += static_cast<std::int64_t>(frames);
}

}  // namespace kinetone::control

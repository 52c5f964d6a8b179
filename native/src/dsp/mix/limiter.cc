#include "dsp/mix/limiter.h"

#include <utility>

#include "dsp/math.h"

namespace kinetone::dsp {
namespace {

constexpr float kReleaseMs = 70.0f;
// Held a little before and after the sample, because a peak between samples is made of its neighbours too.
constexpr int kHoldFrames = 4;
// What the gain's own movement can add between samples stays within this.
constexpr float kMarginDb = 0.15f;
constexpr float kCeilingMs = 15.0f;  // of the glide to a new ceiling
constexpr float kLowestCeilingDb = -60.0f;
constexpr double kOne = 1073741824.0;  // gain 1 in the integer averages

bool Exceeds(const float* left, const float* right, int count, float ceiling) {
  for (int i = 0; i < count; ++i) {
    if (left[i] > ceiling || right[i] > ceiling) return true;
  }
  return false;
}

}  // namespace

void Limiter::Init(float rate, int latency_frames, float ceiling_db) {
  rate_ = rate;
  latency_ = latency_frames;
  ceiling_ = wanted_ceiling_ = GainOfDb(ceiling_db - kMarginDb);
  ceiling_frames_left_ = 0;
  release_keep_ = DecayPerStep(kReleaseMs * 0.001f * rate);
  least_gain_ = 1.0f;
  reduction_ = 0.0f;
  for (TruePeak& peak : peaks_) peak.Init();
  // Look-ahead of the smoothing: two boxes of `box_`, so 2 box - 2 frames.
  box_ = (latency_frames - kTruePeakDelay - kHoldFrames + 2) / 2;
  window_ = 2 * box_ - 1 + 2 * kHoldFrames;
  queue_.assign(static_cast<std::size_t>(window_) + 1, {1.0f, 0});
  queue_head_ = queue_size_ = 0;
  now_ = 0;
  const auto one = static_cast<std::int64_t>(kOne);
  first_.assign(static_cast<std::size_t>(box_), one);
  second_.assign(static_cast<std::size_t>(box_), one * box_);
  first_sum_ = one * box_;
  second_sum_ = full_ = one * box_ * box_;
  box_head_ = 0;
  delay_.assign(2 * static_cast<std::size_t>(latency_frames), 0.0f);
  delay_head_ = 0;
}

void Limiter::SetCeiling(float ceiling_db) {
  wanted_ceiling_ = GainOfDb(Clamp(ceiling_db, kLowestCeilingDb, 0.0f) - kMarginDb);
  ceiling_frames_left_ = RoundToInt(kCeilingMs * 0.001f * rate_);
  ceiling_step_ = (wanted_ceiling_ - ceiling_) / static_cast<float>(ceiling_frames_left_);
}

float Limiter::NextCeiling() {
  if (ceiling_frames_left_ == 0) return ceiling_;
  ceiling_ = --ceiling_frames_left_ == 0 ? wanted_ceiling_ : ceiling_ + ceiling_step_;
  return ceiling_;
}

float Limiter::RunningMinimum(float gain) {
  const std::size_t capacity = queue_.size();
  while (queue_size_ > 0 && queue_[(queue_head_ + queue_size_ - 1) % capacity].gain >= gain) --queue_size_;
  queue_[(queue_head_ + queue_size_) % capacity] = {gain, now_ + window_};
  ++queue_size_;
  ++now_;
  if (queue_[queue_head_].leaves < now_) {
    queue_head_ = (queue_head_ + 1) % capacity;
    --queue_size_;
  }
  return queue_[queue_head_].gain;
}

float Limiter::Smooth(float gain) {
  const auto value = static_cast<std::int64_t>(static_cast<double>(gain) * kOne);
  first_sum_ += value - first_[box_head_];
  first_[box_head_] = value;
  second_sum_ += first_sum_ - second_[box_head_];
  second_[box_head_] = first_sum_;
  box_head_ = box_head_ + 1 == first_.size() ? 0 : box_head_ + 1;
  if (second_sum_ == full_) return 1.0f;
  return static_cast<float>(static_cast<double>(second_sum_) / static_cast<double>(full_));
}

void Limiter::Process(float* samples, int frames) {
  for (int done = 0; done < frames; done += kTruePeakBlock) {
    const int count = frames - done < kTruePeakBlock ? frames - done : kTruePeakBlock;
    float* block = samples + 2 * done;
    float left[kTruePeakBlock], right[kTruePeakBlock];
    const float lowest = ceiling_ < wanted_ceiling_ ? ceiling_ : wanted_ceiling_;
    peaks_[0].Process(block, 2, count, lowest, left);
    peaks_[1].Process(block + 1, 2, count, lowest, right);
    if (IsAtRest() && !Exceeds(left, right, count, lowest)) {
      Delay(block, count);
      continue;
    }
    for (int i = 0; i < count; ++i) {
      const float peak = left[i] > right[i] ? left[i] : right[i];
      const float ceiling = NextCeiling();
      ProcessFrame(peak > ceiling ? ceiling / peak : 1.0f, block + 2 * i);
    }
  }
}

bool Limiter::IsAtRest() const {
  return ceiling_frames_left_ == 0 && reduction_ == 0.0f && second_sum_ == full_ && first_sum_ == full_ / box_ && queue_size_ == 1 && queue_[queue_head_].gain == 1.0f;
}

void Limiter::Delay(float* samples, int frames) {
  // What each frame would have left behind: the newest gain of 1 in the queue, and averages of nothing but 1.
  now_ += frames;
  queue_[queue_head_].leaves = now_ - 1 + window_;
  for (int i = 0; i < frames; ++i) {
    float* slot = delay_.data() + 2 * delay_head_;
    std::swap(slot[0], samples[2 * i]);
    std::swap(slot[1], samples[2 * i + 1]);
    delay_head_ = delay_head_ + 1 == static_cast<std::size_t>(latency_) ? 0 : delay_head_ + 1;
  }
}

void Limiter::ProcessFrame(float required_gain, float* frame) {
  const float least = RunningMinimum(required_gain);
  reduction_ *= release_keep_;
  if (reduction_ < 1.0e-7f) reduction_ = 0.0f;
  if (reduction_ < 1.0f - least) reduction_ = 1.0f - least;
  const float gain = Smooth(1.0f - reduction_);
  if (gain < least_gain_) least_gain_ = gain;
  float* slot = delay_.data() + 2 * delay_head_;
  const float left = slot[0], right = slot[1];
  slot[0] = frame[0];
  slot[1] = frame[1];
  delay_head_ = delay_head_ + 1 == static_cast<std::size_t>(latency_) ? 0 : delay_head_ + 1;
  frame[0] = gain * left;
  frame[1] = gain * right;
}

float Limiter::TakeReductionDb() {
  const float db = -DbOfGain(least_gain_);
  least_gain_ = 1.0f;
  return db;
}

}  // namespace kinetone::dsp

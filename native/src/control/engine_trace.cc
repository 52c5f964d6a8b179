#include "control/engine_trace.h"

#include <algorithm>

namespace kinetone::control {

void EngineTrace::Init(double rate, double values_hz, bool with_events, std::size_t row_count, std::int64_t start) {
  rate_ = rate;
  values_hz_ = values_hz;
  with_events_ = with_events;
  row_count_ = row_count;
  start_ = start;
  next_row_ = taken_rows_ = 0;
  values_.clear();
  events_.clear();
}

void EngineTrace::Record(const ControlBlock& block, const Conductor& conductor) {
  if (with_events_) {
    for (int i = 0; i < block.event_count; ++i) {
      const NoteEvent& event = block.events[static_cast<std::size_t>(i)];
      events_.push_back({block.position + event.offset, event});
    }
  }
  if (values_hz_ <= 0.0) return;
  // Each row is the first tick at or after its moment; at rates above the control rate a tick stands for several.
  while (static_cast<double>(next_row_) * rate_ <= static_cast<double>(block.position - start_) * values_hz_) {
    ++next_row_;
    values_.insert(values_.end(), {static_cast<float>(block.bpm), static_cast<float>(block.beat_in_bar), block.wobble_hz,
                                   static_cast<float>(block.bar), static_cast<float>(block.chord_place), static_cast<float>(block.rhythm_level)});
    const Matrix& matrix = conductor.matrix();
    for (std::size_t row = 0; row < row_count_; ++row) {
      values_.push_back(row < matrix.row_count() ? matrix.input(row) : 0.0f);
      values_.push_back(row < matrix.row_count() ? matrix.output(row) : 0.0f);
    }
    values_.insert(values_.end(), block.parameters.begin(), block.parameters.end());
  }
}

std::vector<float> EngineTrace::TakeValues(std::int64_t before) {
  if (values_hz_ <= 0.0) return {};
  std::int64_t rows = 0;
  const auto available = static_cast<std::int64_t>(values_.size() / columns());
  while (rows < available && static_cast<double>(taken_rows_ + rows) * rate_ < static_cast<double>(before - start_) * values_hz_) ++rows;
  const auto end = values_.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(rows) * columns());
  std::vector<float> out(values_.begin(), end);
  values_.erase(values_.begin(), end);
  taken_rows_ += rows;
  return out;
}

std::vector<TracedEvent> EngineTrace::TakeEvents(std::int64_t before) {
  // Blocks come in order; within one, events may not.
  const auto end = std::stable_partition(events_.begin(), events_.end(), [before](const TracedEvent& e) { return e.position < before; });
  std::vector<TracedEvent> out(events_.begin(), end);
  events_.erase(events_.begin(), end);
  std::stable_sort(out.begin(), out.end(), [](const TracedEvent& a, const TracedEvent& b) { return a.position < b.position; });
  return out;
}

}  // namespace kinetone::control

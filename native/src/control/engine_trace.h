// What happened while an engine ran: values at a steady rate for the studio's live bars, and every note for tests and MIDI.
// Offline use: it allocates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "control/conductor.h"

namespace kinetone::control {

// Columns before the rows: bpm, beat in the bar, wobble in Hz, bar, place on the circle of fifths, rhythm level.
// Then input and output of each row, then every parameter.
inline constexpr std::size_t kTraceHeader = 6;

struct TracedEvent {
  std::int64_t position;
  NoteEvent event;
};

class EngineTrace {
 public:
  // values_hz: rows of values per second, 0 for none. start: the sample that row 0 belongs to.
  void Init(double rate, double values_hz, bool with_events, std::size_t row_count, std::int64_t start);
  void Record(const ControlBlock& block, const Conductor& conductor);

  std::size_t columns() const { return kTraceHeader + 2 * row_count_ + kParameterCount; }
  // Takes out the rows and events that lie before a sample position.
  std::vector<float> TakeValues(std::int64_t before);
  std::vector<TracedEvent> TakeEvents(std::int64_t before);

 private:
  double rate_ = 48000.0, values_hz_ = 0.0;
  bool with_events_ = false;
  std::size_t row_count_ = 0;
  std::int64_t start_ = 0, next_row_ = 0, taken_rows_ = 0;
  std::vector<float> values_;
  std::vector<TracedEvent> events_;
};

}  // namespace kinetone::control

// How long sound takes from the callback to the outside: clicks on the output, found again on the input (a cable, a monitor
// source, or a loudspeaker before a microphone) at the time the input says it heard them. Blocks for some seconds; not the
// audio thread.
#pragma once

#include <string>

namespace kinetone::audio {

struct LatencyRequest {
  int output_device = -1, input_device = -1;  // PortAudio's numbers; -1 for the defaults
  double rate = 48000.0;
  int buffer_frames = 256;
};

struct LatencyResult {
  std::string error;       // why there is no figure; empty when there is one
  double latency_ms = 0;     // median of the clicks that came back
  int clicks_heard = 0, clicks_sent = 0;
};

LatencyResult MeasureLatency(const LatencyRequest& request);

}  // namespace kinetone::audio

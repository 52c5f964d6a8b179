// What takes sound away at a steady rate: a device through PortAudio, or a timer where there is none. The source never
// sees which.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

namespace kinetone::audio {

class AudioSource {
 public:
  virtual ~AudioSource() = default;
  // Fills frames * 2 interleaved samples. Device thread: no lock, no allocation, no system call.
  virtual void Render(float* stereo, std::size_t frames) noexcept = 0;
};

struct OutputRequest {
  int device = -1;  // PortAudio's index; -1 for the default one
  double rate = 48000.0;
  int buffer_frames = 256;
  int first_channel = 0;     // of the pair on a device with many
  double drift_ppm = 0.0;    // timer only: how much its clock runs fast
};

struct OutputInfo {
  std::string device, host_api;
  double rate = 0.0;        // as the device runs
  double latency_s = 0.0;   // output latency as reported
  int channels = 0;
  int buffer_frames = 0;
};

// What the device thread has to say; read by any thread.
struct OutputHealth {
  std::uint64_t callbacks = 0;
  std::uint64_t underruns = 0;
  float load = 0.0f;      // the longest share of a buffer's time that one Render took since the last look
  bool is_alive = false;  // the stream runs, and has called within the last tenth of a second
};

class AudioBackend {
 public:
  virtual ~AudioBackend() = default;  // stops
  // Starts calling `source`. Empty, or why it does not. May take a second.
  virtual std::string Open(const OutputRequest& request, AudioSource& source, OutputInfo& info) = 0;
  // No call of the source after it returns.
  virtual void Close() = 0;
  virtual OutputHealth TakeHealth() = 0;
};

// The time a backend without a device waits by.
class PaceClock {
 public:
  using Time = std::chrono::steady_clock::time_point;
  virtual ~PaceClock() = default;
  virtual Time Now() { return std::chrono::steady_clock::now(); }
  virtual void SleepUntil(Time due) { std::this_thread::sleep_until(due); }
};

std::unique_ptr<AudioBackend> MakeNullBackend(std::unique_ptr<PaceClock> clock = std::make_unique<PaceClock>());
std::unique_ptr<AudioBackend> MakePortAudioBackend();

}  // namespace kinetone::audio

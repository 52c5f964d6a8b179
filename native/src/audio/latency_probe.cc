#include "audio/latency_probe.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstring>
#include <thread>
#include <vector>

#include "audio/portaudio_library.h"
#include "rt/realtime_scheduling.h"

namespace kinetone::audio {
namespace {

constexpr int kClicks = 6;
// An idle sink may have played ahead: the first clicks come late enough.
constexpr double kFirstSeconds = 2.5, kEverySeconds = 0.4, kMostSeconds = 0.35;
constexpr float kClick = 0.5f, kHeard = 0.1f;
constexpr int kClickFrames = 16;

// What the device thread does: clicks out at known frames, everything that comes in kept.
struct Probe {
  // One value per frame: the loudest input channel.
  std::vector<float> heard;
  // Per callback: when it was called, and when its first input frame came in; seconds of the stream.
  std::vector<double> called_s, came_s;
  std::vector<std::int64_t> clicks;
  std::atomic<std::int64_t> frames{0};
  std::int64_t buffer_frames = 256;
  int inputs = 1, outputs = 2;

  static int Callback(const void* input, void* output, unsigned long frames, const PaTimeInfo* time, unsigned long, void* user) {
    static_cast<Probe*>(user)->Fill(static_cast<const float*>(input), static_cast<float*>(output), static_cast<std::int64_t>(frames), *time);
    return kPaContinue;
  }

  void Fill(const float* in, float* out, std::int64_t count, const PaTimeInfo& time) {
    const std::int64_t first = frames.load(std::memory_order_relaxed);
    if (const auto turn = static_cast<std::size_t>(first / buffer_frames); turn < called_s.size()) {
      called_s[turn] = time.current_time;
      came_s[turn] = time.input_adc_time;
    }
    std::memset(out, 0, sizeof(float) * static_cast<std::size_t>(count * outputs));
    for (std::int64_t i = 0; i < count; ++i) {
      const std::int64_t frame = first + i;
      for (const std::int64_t click : clicks) {
        if (frame < click || frame >= click + kClickFrames) continue;
        for (int channel = 0; channel < outputs; ++channel) out[i * outputs + channel] = kClick;
      }
      if (frame >= static_cast<std::int64_t>(heard.size()) || in == nullptr) continue;
      float loudest = 0.0f;
      for (int channel = 0; channel < inputs; ++channel) loudest = std::max(loudest, std::fabs(in[i * inputs + channel]));
      heard[static_cast<std::size_t>(frame)] = loudest;
    }
    frames.store(first + count, std::memory_order_release);
  }

  // When an input frame was heard, and when an output frame was handed over.
  double CameAt(std::int64_t frame, double rate) const { return came_s[Turn(frame)] + static_cast<double>(frame % buffer_frames) / rate; }
  double CalledAt(std::int64_t frame, double rate) const { return called_s[Turn(frame)] + static_cast<double>(frame % buffer_frames) / rate; }
  std::size_t Turn(std::int64_t frame) const { return std::min(static_cast<std::size_t>(frame / buffer_frames), called_s.size() - 1); }
};

LatencyResult Evaluate(const Probe& probe, double rate) {
  LatencyResult result;
  result.clicks_sent = kClicks;
  std::vector<double> trips;
  for (const std::int64_t click : probe.clicks) {
    const auto last = std::min<std::int64_t>(click + static_cast<std::int64_t>(kMostSeconds * rate), static_cast<std::int64_t>(probe.heard.size()));
    for (std::int64_t frame = click; frame < last; ++frame) {
      if (probe.heard[static_cast<std::size_t>(frame)] < kHeard) continue;
      ++result.clicks_heard;
      const double trip = probe.CameAt(frame, rate) - probe.CalledAt(click, rate);
      // A stream that stumbled has lost count of its own time.
      if (trip > 0.0 && trip < kMostSeconds) trips.push_back(1000.0 * trip);
      break;
    }
  }
  if (result.clicks_heard >= kClicks / 2 && trips.size() < kClicks / 2) {
    result.error = "The sound stumbled while it was measured. Try again when the computer is less busy.";
    return result;
  }
  if (trips.size() < kClicks / 2) {
    result.error = "The clicks did not come back. Connect the output with the input, or turn the input up.";
    return result;
  }
  std::sort(trips.begin(), trips.end());
  result.latency_ms = trips[trips.size() / 2];
  return result;
}

std::string Run(const PortAudioLibrary& pa, const LatencyRequest& request, Probe& probe) {
  const int out = request.output_device >= 0 ? request.output_device : pa.default_output();
  const int in = request.input_device >= 0 ? request.input_device : pa.default_input();
  const PaDeviceInfo* output = out < 0 ? nullptr : pa.device_info(out);
  const PaDeviceInfo* input = in < 0 ? nullptr : pa.device_info(in);
  if (output == nullptr || input == nullptr || input->max_input_channels < 1) return "There is no sound input to listen with.";
  probe.inputs = std::min(2, input->max_input_channels);
  probe.outputs = std::min(2, output->max_output_channels);
  const double latency = 2.0 * request.buffer_frames / request.rate;
  const PaStreamParameters to{out, probe.outputs, kPaFloat32, latency, nullptr};
  const PaStreamParameters from{in, probe.inputs, kPaFloat32, latency, nullptr};
  PaStream* stream = nullptr;
  int status = pa.open_stream(&stream, &from, &to, request.rate, static_cast<unsigned long>(request.buffer_frames), kPaNoFlag, &Probe::Callback, &probe);
  if (status != 0) return std::string(output->name) + ": " + pa.error_text(status) + ".";
  status = pa.start_stream(stream);
  if (status == 0) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(2.0 * static_cast<double>(probe.heard.size()) / request.rate);
    while (probe.frames.load(std::memory_order_acquire) < static_cast<std::int64_t>(probe.heard.size()) && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    pa.abort_stream(stream);
  }
  pa.close_stream(stream);
  return status == 0 ? std::string() : std::string(output->name) + ": " + pa.error_text(status) + ".";
}

}  // namespace

LatencyResult MeasureLatency(const LatencyRequest& request) {
  PortAudioLibrary& pa = PortAudioLibrary::Shared();
  LatencyResult result;
  result.error = pa.error();
  if (!result.error.empty()) return result;
  Probe probe;
  for (int i = 0; i < kClicks; ++i) probe.clicks.push_back(static_cast<std::int64_t>((kFirstSeconds + i * kEverySeconds) * request.rate));
  probe.buffer_frames = request.buffer_frames;
  probe.heard.assign(static_cast<std::size_t>((kFirstSeconds + kClicks * kEverySeconds) * request.rate), 0.0f);
  probe.called_s.assign(probe.heard.size() / static_cast<std::size_t>(request.buffer_frames) + 1, 0.0);
  probe.came_s = probe.called_s;
  const std::lock_guard lock(pa.mutex());
  const rt::ScopedRealtimeScheduling realtime;
  result.error = pa.Start();
  if (result.error.empty()) result.error = Run(pa, request, probe);
  return result.error.empty() ? Evaluate(probe, request.rate) : result;
}

}  // namespace kinetone::audio

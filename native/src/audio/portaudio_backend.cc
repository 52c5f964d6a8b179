// A device through PortAudio: its callback asks the source for sound and puts it on the chosen pair of channels.
#include <array>
#include <algorithm>

#include "audio/audio_backend.h"
#include "audio/callback_clock.h"
#include "audio/portaudio_library.h"
#include "rt/realtime_scheduling.h"

namespace kinetone::audio {
namespace {

constexpr std::size_t kPieceFrames = 1024;

class PortAudioBackend final : public AudioBackend {
 public:
  ~PortAudioBackend() override { Close(); }

  std::string Open(const OutputRequest& request, AudioSource& source, OutputInfo& info) override {
    Close();
    PortAudioLibrary& pa = PortAudioLibrary::Shared();
    if (!pa.error().empty()) return pa.error();
    const std::lock_guard lock(pa.mutex());
    const rt::ScopedRealtimeScheduling realtime;
    std::string problem = pa.Start();
    if (problem.empty()) problem = OpenLocked(pa, request, source, info);
    if (!problem.empty()) CloseLocked(pa);
    return problem;
  }

  void Close() override {
    if (stream_ == nullptr) return;
    PortAudioLibrary& pa = PortAudioLibrary::Shared();
    const std::lock_guard lock(pa.mutex());
    CloseLocked(pa);
  }

  OutputHealth TakeHealth() override { return clock_.Take(stream_ != nullptr, kAliveS + 4 * buffer_s_); }

 private:
  static constexpr double kAliveS = 0.15;

  std::string OpenLocked(PortAudioLibrary& pa, const OutputRequest& request, AudioSource& source, OutputInfo& info) {
    const int device = request.device >= 0 ? request.device : pa.default_output();
    const PaDeviceInfo* found = device < 0 ? nullptr : pa.device_info(device);
    if (found == nullptr) return "There is no such sound device.";
    if (request.first_channel + 2 > found->max_output_channels && !(request.first_channel == 0 && found->max_output_channels == 1)) {
      return std::string("The device has only ") + std::to_string(found->max_output_channels) + " channels.";
    }
    source_ = &source;
    first_channel_ = request.first_channel;
    channels_ = std::min(found->max_output_channels, request.first_channel + 2);
    rate_ = request.rate;
    buffer_s_ = request.buffer_frames / request.rate;
    const PaStreamParameters output{device, channels_, kPaFloat32, 2.0 * buffer_s_, nullptr};
    clock_.Reset();
    int status = pa.open_stream(&stream_, nullptr, &output, request.rate, static_cast<unsigned long>(request.buffer_frames), kPaNoFlag, &Callback, this);
    if (status != 0) {
      stream_ = nullptr;
      return std::string(found->name) + ": " + pa.error_text(status) + ".";
    }
    pa.CountStream(1);
    const PaHostApiInfo* api = pa.host_api_info(found->host_api);
    // Without the right to it the thread stays an ordinary one.
    if (pa.enable_realtime != nullptr && api != nullptr && std::string(api->name) == "ALSA") pa.enable_realtime(stream_, 1);
    status = pa.start_stream(stream_);
    if (status != 0) return std::string(found->name) + ": " + pa.error_text(status) + ".";
    const PaStreamInfo* stream = pa.stream_info(stream_);
    info = {found->name, api == nullptr ? "" : api->name, stream->sample_rate, stream->output_latency, found->max_output_channels, request.buffer_frames};
    return {};
  }

  void CloseLocked(PortAudioLibrary& pa) {
    if (stream_ == nullptr) return;
    pa.abort_stream(stream_);
    pa.close_stream(stream_);
    pa.CountStream(-1);
    stream_ = nullptr;
  }

  static int Callback(const void*, void* output, unsigned long frames, const PaTimeInfo*, unsigned long flags, void* user) {
    static_cast<PortAudioBackend*>(user)->Fill(static_cast<float*>(output), frames, flags);
    return kPaContinue;
  }

  void Fill(float* output, std::size_t frames, unsigned long flags) {
    const std::int64_t began = clock_.Begin();
    if ((flags & kPaOutputUnderflow) != 0) clock_.CountUnderrun();
    if (channels_ == 2) {
      source_->Render(output, frames);
    } else {
      for (std::size_t done = 0; done < frames; done += kPieceFrames) Spread(output + done * static_cast<std::size_t>(channels_), std::min(kPieceFrames, frames - done));
    }
    clock_.End(began, static_cast<double>(frames) / rate_);
  }

  // A stereo piece onto a device with one channel or more than two.
  void Spread(float* output, std::size_t frames) {
    source_->Render(piece_.data(), frames);
    const auto channels = static_cast<std::size_t>(channels_), first = static_cast<std::size_t>(first_channel_);
    std::fill_n(output, frames * channels, 0.0f);
    for (std::size_t i = 0; i < frames; ++i) {
      if (channels == 1) {
        output[i] = 0.5f * (piece_[2 * i] + piece_[2 * i + 1]);
        continue;
      }
      output[i * channels + first] = piece_[2 * i];
      output[i * channels + first + 1] = piece_[2 * i + 1];
    }
  }

  PaStream* stream_ = nullptr;
  AudioSource* source_ = nullptr;
  int channels_ = 2, first_channel_ = 0;
  double rate_ = 48000.0, buffer_s_ = 0.0;
  std::array<float, 2 * kPieceFrames> piece_{};
  CallbackClock clock_;
};

}  // namespace

std::unique_ptr<AudioBackend> MakePortAudioBackend() { return std::make_unique<PortAudioBackend>(); }

}  // namespace kinetone::audio

// The device a LivePlayer plays on: opened and closed on a pool thread, because both may take a second.
#pragma once

#include <napi.h>

#include <atomic>
#include <memory>
#include <vector>

#include "audio/audio_backend.h"
#include "audio/live_player.h"

namespace kinetone::binding {

class LiveOutput : public std::enable_shared_from_this<LiveOutput> {
 public:
  explicit LiveOutput(std::shared_ptr<audio::LivePlayer> player) : player_(std::move(player)) {}
  ~LiveOutput();

  // ({backend, device, rate, bufferFrames, firstChannel, driftPpm}): Promise<{device, hostApi, rate, latencyMs, channels, bufferFrames}>
  Napi::Value Open(const Napi::CallbackInfo& info);
  // (): Promise<void>
  Napi::Value Close(const Napi::CallbackInfo& info);
  Napi::Value Health(Napi::Env env);
  bool is_open() const { return backend_ != nullptr || is_busy_; }
  // The audio thread may hold it until the output is closed.
  void KeepTap(std::shared_ptr<audio::RecordingTap> tap) {
    // Saying that it is done is the last the audio thread does with one.
    std::erase_if(taps_, [](const auto& kept) { return kept->is_done.load(std::memory_order_acquire); });
    taps_.push_back(std::move(tap));
  }

 private:
  friend class OutputTask;

  std::shared_ptr<audio::LivePlayer> player_;
  std::vector<std::shared_ptr<audio::RecordingTap>> taps_;
  std::unique_ptr<audio::AudioBackend> backend_;
  bool is_busy_ = false;
};

}  // namespace kinetone::binding

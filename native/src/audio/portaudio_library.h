// PortAudio V19, opened at run time: the machine may have no sound library at all, and everything but live sound works
// without it. Opened once per process and kept; PortAudio is not safe for threads, so every use holds the lock.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "audio/portaudio_abi.h"

namespace kinetone::audio {

struct AudioDevice {
  int index;
  std::string name;
  std::string host_api;
  int input_channels;
  int output_channels;
  double default_rate_hz;
  double latency_s;  // the device's default low output latency
  std::vector<int> rates_hz;  // of the usual ones, those that play
  bool is_default;   // PortAudio's default output
};

struct DeviceList {
  std::string library;  // name the library was opened by; empty when there is none
  std::string error;    // why there is no list; empty when there is one
  std::vector<AudioDevice> devices;
};

class PortAudioLibrary {
 public:
  // Opened by the first call: the file named by KINETONE_PORTAUDIO, else the system's.
  static PortAudioLibrary& Shared();

  // Held around every call of what is below.
  std::mutex& mutex() { return mutex_; }
  // Begins to use the library; its numbers of devices hold until Refresh. Empty, or why it does not start.
  std::string Start();
  // Looks for devices anew, unless a stream is open: then the numbers must stay.
  std::string Refresh();
  void CountStream(int change) { open_streams_ += change; }
  const std::string& name() const { return name_; }
  // Why there is nothing to call; empty when all functions are there.
  const std::string& error() const { return error_; }

  int (*initialize)() = nullptr;
  int (*terminate)() = nullptr;
  int (*device_count)() = nullptr;
  int (*default_output)() = nullptr;
  int (*default_input)() = nullptr;
  const PaDeviceInfo* (*device_info)(int) = nullptr;
  const PaHostApiInfo* (*host_api_info)(int) = nullptr;
  const char* (*error_text)(int) = nullptr;
  int (*is_format_supported)(const PaStreamParameters* input, const PaStreamParameters* output, double rate) = nullptr;
  int (*open_stream)(PaStream**, const PaStreamParameters* input, const PaStreamParameters* output, double rate, unsigned long frames,
                     unsigned long flags, PaStreamCallback, void* user) = nullptr;
  int (*start_stream)(PaStream*) = nullptr;
  int (*abort_stream)(PaStream*) = nullptr;
  int (*close_stream)(PaStream*) = nullptr;
  int (*is_stream_active)(PaStream*) = nullptr;
  const PaStreamInfo* (*stream_info)(PaStream*) = nullptr;
  // ALSA's own; null elsewhere.
  void (*enable_realtime)(PaStream*, int) = nullptr;

 private:
  PortAudioLibrary();

  std::mutex mutex_;
  std::string name_, error_;
  bool is_started_ = false;
  int open_streams_ = 0;
};

// Lists the devices that can play; while a stream is open those of before. with_rates asks each device for its rates, which
// may take a while. Any thread, not the audio thread. Takes up to a second and may write to stderr (ALSA's own messages):
// meant for a host process.
DeviceList ListOutputDevices(bool with_rates);

}  // namespace kinetone::audio

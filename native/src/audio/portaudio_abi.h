// The part of PortAudio V19's public ABI that is used here (portaudio.h, V19); the library itself is opened at run time.
#pragma once

namespace kinetone::audio {

struct PaDeviceInfo {
  int struct_version;
  const char* name;
  int host_api;
  int max_input_channels;
  int max_output_channels;
  double default_low_input_latency;
  double default_low_output_latency;
  double default_high_input_latency;
  double default_high_output_latency;
  double default_sample_rate;
};

struct PaHostApiInfo {
  int struct_version;
  int type;
  const char* name;
  int device_count;
  int default_input_device;
  int default_output_device;
};

struct PaStreamParameters {
  int device;
  int channel_count;
  unsigned long sample_format;
  double suggested_latency;
  void* host_api_specific;
};

struct PaStreamInfo {
  int struct_version;
  double input_latency;
  double output_latency;
  double sample_rate;
};

struct PaTimeInfo {
  double input_adc_time;   // when the first input frame came in
  double current_time;     // when the callback was called
  double output_dac_time;  // when the first output frame will go out
};

using PaStream = void;
using PaStreamCallback = int (*)(const void* input, void* output, unsigned long frames, const PaTimeInfo* time, unsigned long flags, void* user);

inline constexpr unsigned long kPaFloat32 = 0x1;
inline constexpr unsigned long kPaNoFlag = 0;
inline constexpr unsigned long kPaOutputUnderflow = 0x4;
inline constexpr int kPaContinue = 0;

}  // namespace kinetone::audio

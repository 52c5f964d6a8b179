// PortAudio V19, opened at run time: the machine may have no sound library at all, and everything but live sound works
// without it. Only what listing devices needs; the structures are PortAudio's public ABI (portaudio.h, V19).
#pragma once

#include <string>
#include <vector>

namespace kinetone::audio {

struct AudioDevice {
  int index;
  std::string name;
  std::string host_api;
  int output_channels;
  double default_rate_hz;
  double latency_s;  // the device's default low output latency
};

struct DeviceList {
  std::string library;  // name the library was opened by; empty when there is none
  std::string error;    // why there is no list; empty when there is one
  std::vector<AudioDevice> devices;
};

// Opens PortAudio, lists the output devices and closes it. Any thread, not the audio thread. Takes up to a second and may
// write to stderr (ALSA's own messages): meant for a host process.
DeviceList ListOutputDevices();

}  // namespace kinetone::audio

#include "audio/portaudio_library.h"

#include <algorithm>
#include <cstdlib>

#include "rt/realtime_scheduling.h"

#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <dlfcn.h>
#endif

namespace kinetone::audio {
namespace {

#if defined(_WIN32)
constexpr const char* kNames[] = {"libportaudio64bit.dll", "portaudio_x64.dll", "portaudio.dll"};
void* Open(const char* name) { return reinterpret_cast<void*>(LoadLibraryA(name)); }
void* Symbol(void* library, const char* name) {
  return reinterpret_cast<void*>(GetProcAddress(reinterpret_cast<HMODULE>(library), name));
}
#else
#if defined(__APPLE__)
constexpr const char* kNames[] = {"libportaudio.2.dylib", "/opt/homebrew/lib/libportaudio.2.dylib",
                                  "/usr/local/lib/libportaudio.2.dylib"};
#else
constexpr const char* kNames[] = {"libportaudio.so.2"};
#endif
void* Open(const char* name) { return dlopen(name, RTLD_NOW | RTLD_LOCAL); }
void* Symbol(void* library, const char* name) { return dlsym(library, name); }
#endif

template <typename Function>
bool Find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(Symbol(library, name));
  return function != nullptr;
}

void* OpenFirst(std::string& name) {
  if (const char* chosen = std::getenv("KINETONE_PORTAUDIO"); chosen != nullptr && *chosen != '\0') {
    name = chosen;
    if (void* library = Open(chosen)) return library;
  }
  for (const char* candidate : kNames) {
    name = candidate;
    if (void* library = Open(candidate)) return library;
  }
  name.clear();
  return nullptr;
}

constexpr int kRates[] = {44100, 48000, 88200, 96000};

std::vector<int> RatesOf(const PortAudioLibrary& pa, int device, const PaDeviceInfo& info) {
  std::vector<int> rates;
  const PaStreamParameters output{device, std::min(2, info.max_output_channels), kPaFloat32, info.default_low_output_latency, nullptr};
  for (const int rate : kRates) {
    if (pa.is_format_supported(nullptr, &output, rate) == 0) rates.push_back(rate);
  }
  return rates;
}

void ListInto(const PortAudioLibrary& pa, bool with_rates, DeviceList& list) {
  const int count = pa.device_count();
  const int first = pa.default_output();
  for (int index = 0; index < count; ++index) {
    const PaDeviceInfo* info = pa.device_info(index);
    if (info == nullptr || info->max_output_channels <= 0) continue;
    const PaHostApiInfo* api = pa.host_api_info(info->host_api);
    list.devices.push_back({index, info->name, api == nullptr ? "" : api->name, info->max_input_channels, info->max_output_channels,
                            info->default_sample_rate, info->default_low_output_latency, with_rates ? RatesOf(pa, index, *info) : std::vector<int>(), index == first});
  }
}

}  // namespace

PortAudioLibrary::PortAudioLibrary() {
  void* library = OpenFirst(name_);
  if (library == nullptr) {
    error_ = "The sound library PortAudio is not installed.";
    return;
  }
  const bool is_complete =
      Find(library, "Pa_Initialize", initialize) && Find(library, "Pa_Terminate", terminate) &&
      Find(library, "Pa_GetDeviceCount", device_count) && Find(library, "Pa_GetDefaultOutputDevice", default_output) &&
      Find(library, "Pa_GetDefaultInputDevice", default_input) && Find(library, "Pa_GetDeviceInfo", device_info) &&
      Find(library, "Pa_GetHostApiInfo", host_api_info) && Find(library, "Pa_GetErrorText", error_text) &&
      Find(library, "Pa_IsFormatSupported", is_format_supported) && Find(library, "Pa_OpenStream", open_stream) && Find(library, "Pa_StartStream", start_stream) &&
      Find(library, "Pa_AbortStream", abort_stream) && Find(library, "Pa_CloseStream", close_stream) &&
      Find(library, "Pa_IsStreamActive", is_stream_active) && Find(library, "Pa_GetStreamInfo", stream_info);
  Find(library, "PaAlsa_EnableRealtimeScheduling", enable_realtime);
  if (!is_complete) error_ = "The sound library PortAudio is too old.";
}

PortAudioLibrary& PortAudioLibrary::Shared() {
  // Never closed: a device thread may outlast static destruction.
  static auto* library = new PortAudioLibrary();
  return *library;
}

std::string PortAudioLibrary::Start() {
  if (is_started_) return {};
  if (const int status = initialize(); status != 0) return std::string("PortAudio does not start: ") + error_text(status) + ".";
  is_started_ = true;
  return {};
}

std::string PortAudioLibrary::Refresh() {
  if (is_started_ && open_streams_ == 0) {
    terminate();
    is_started_ = false;
  }
  return Start();
}

DeviceList ListOutputDevices(bool with_rates) {
  PortAudioLibrary& pa = PortAudioLibrary::Shared();
  DeviceList list;
  list.library = pa.name();
  list.error = pa.error();
  if (!list.error.empty()) return list;
  const std::lock_guard lock(pa.mutex());
  const rt::ScopedRealtimeScheduling realtime;
  list.error = pa.Refresh();
  if (list.error.empty()) ListInto(pa, with_rates, list);
  return list;
}

}  // namespace kinetone::audio

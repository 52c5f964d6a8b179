#include "audio/portaudio_library.h"

#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <dlfcn.h>
#endif

namespace kinetone::audio {
namespace {

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

#if defined(_WIN32)
constexpr const char* kNames[] = {"libportaudio64bit.dll", "portaudio_x64.dll", "portaudio.dll"};
void* Open(const char* name) { return reinterpret_cast<void*>(LoadLibraryA(name)); }
void* Symbol(void* library, const char* name) {
  return reinterpret_cast<void*>(GetProcAddress(reinterpret_cast<HMODULE>(library), name));
}
void Close(void* library) { FreeLibrary(reinterpret_cast<HMODULE>(library)); }
#else
#if defined(__APPLE__)
constexpr const char* kNames[] = {"libportaudio.2.dylib", "/opt/homebrew/lib/libportaudio.2.dylib",
                                  "/usr/local/lib/libportaudio.2.dylib"};
#else
constexpr const char* kNames[] = {"libportaudio.so.2"};
#endif
void* Open(const char* name) { return dlopen(name, RTLD_NOW | RTLD_LOCAL); }
void* Symbol(void* library, const char* name) { return dlsym(library, name); }
void Close(void* library) { dlclose(library); }
#endif

// The functions of one opened library; all are there or `is_complete` is false.
struct Functions {
  explicit Functions(void* library) {
    initialize = reinterpret_cast<int (*)()>(Symbol(library, "Pa_Initialize"));
    terminate = reinterpret_cast<int (*)()>(Symbol(library, "Pa_Terminate"));
    device_count = reinterpret_cast<int (*)()>(Symbol(library, "Pa_GetDeviceCount"));
    device_info = reinterpret_cast<const PaDeviceInfo* (*)(int)>(Symbol(library, "Pa_GetDeviceInfo"));
    host_api_info = reinterpret_cast<const PaHostApiInfo* (*)(int)>(Symbol(library, "Pa_GetHostApiInfo"));
    error_text = reinterpret_cast<const char* (*)(int)>(Symbol(library, "Pa_GetErrorText"));
    is_complete = initialize && terminate && device_count && device_info && host_api_info && error_text;
  }
  int (*initialize)();
  int (*terminate)();
  int (*device_count)();
  const PaDeviceInfo* (*device_info)(int);
  const PaHostApiInfo* (*host_api_info)(int);
  const char* (*error_text)(int);
  bool is_complete;
};

void ListInto(const Functions& pa, DeviceList& list) {
  const int count = pa.device_count();
  for (int index = 0; index < count; ++index) {
    const PaDeviceInfo* info = pa.device_info(index);
    if (info == nullptr || info->max_output_channels <= 0) continue;
    const PaHostApiInfo* api = pa.host_api_info(info->host_api);
    list.devices.push_back({index, info->name, api == nullptr ? "" : api->name, info->max_output_channels,
                            info->default_sample_rate, info->default_low_output_latency});
  }
}

}  // namespace

DeviceList ListOutputDevices() {
  DeviceList list;
  void* library = nullptr;
  for (const char* name : kNames) {
    library = Open(name);
    if (library != nullptr) {
      list.library = name;
      break;
    }
  }
  if (library == nullptr) {
    list.error = "The sound library PortAudio is not installed.";
    return list;
  }
  const Functions pa(library);
  if (!pa.is_complete) {
    list.error = "The sound library PortAudio is too old.";
  } else if (const int status = pa.initialize(); status != 0) {
    list.error = std::string("PortAudio does not start: ") + pa.error_text(status) + ".";
  } else {
    ListInto(pa, list);
    pa.terminate();
  }
  Close(library);
  return list;
}

}  // namespace kinetone::audio

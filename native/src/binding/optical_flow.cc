// opticalFlow(prev, next, width, height, out) for JavaScript; its contract stands in src-main/adapters/native/vision.ts.
#include "vision/optical_flow.h"

#include <napi.h>

#include <string>

#include "binding/checked_array.h"
#include "binding/exports.h"
#include "binding/native_task.h"

namespace kinetone::binding {
namespace {

constexpr int kMaxSide = 16384;

// Null after throwing.
NativeTask* CheckedTask(const Napi::CallbackInfo& info) {
  const int width = CheckedInteger(info[2], 1, kMaxSide, "width");
  if (width < 0) return nullptr;
  const int height = CheckedInteger(info[3], 1, kMaxSide, "height");
  if (height < 0) return nullptr;
  const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  const std::string meaning = std::to_string(width) + "x" + std::to_string(height);
  const std::uint8_t* prev = CheckedBytes(info[0], pixels, "prev", meaning + " grey");
  if (prev == nullptr) return nullptr;
  const std::uint8_t* next = CheckedBytes(info[1], pixels, "next", meaning + " grey");
  if (next == nullptr) return nullptr;
  float* out = CheckedFloats(info[4], pixels * 2, "out", meaning + " dx,dy");
  if (out == nullptr) return nullptr;
  auto* task = new NativeTask(info.Env(), [=] { vision::ComputeOpticalFlow(prev, next, width, height, out); });
  for (const std::size_t borrowed : {0, 1, 4}) task->Keep(info[borrowed]);
  return task;
}

Napi::Value OpticalFlow(const Napi::CallbackInfo& info) {
  NativeTask* task = CheckedTask(info);
  if (task == nullptr) return RejectPending(info.Env());
  return task->Start();
}

}  // namespace

Napi::Function OpticalFlowFunction(Napi::Env env) { return Napi::Function::New<OpticalFlow>(env, "opticalFlow"); }

}  // namespace kinetone::binding

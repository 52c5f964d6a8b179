// VisionSession for JavaScript: frames in, feature rows out. The methods' contract stands in src-main/adapters/native/vision.ts.
#include "vision/vision_session.h"

#include <napi.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "binding/checked_array.h"
#include "binding/exports.h"
#include "binding/frame_pipe.h"
#include "binding/native_task.h"
#include "vision/flow_grid.h"
#include "vision/picture_color.h"

namespace kinetone::binding {
namespace {

constexpr int kMaxSide = 16384;
// A session keeps a few pictures and their flow: half a gigabyte at this size.
constexpr int kMaxPixels = 1 << 24;
constexpr int kMaxFrames = 1 << 16;
constexpr int kMaxLimitMs = 60000;

void WriteInterleaved(const vision::FlowField& field, float* out) {
  for (std::size_t i = 0; i < field.u.size(); ++i) {
    out[2 * i] = field.u[i];
    out[2 * i + 1] = field.v[i];
  }
}

class VisionSession : public Napi::ObjectWrap<VisionSession> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "VisionSession",
                       {InstanceMethod<&VisionSession::Analyze>("analyze"), InstanceMethod<&VisionSession::AnalyzeFrames>("analyzeFrames"),
                        InstanceMethod<&VisionSession::Overlay>("overlay")});
  }

  explicit VisionSession(const Napi::CallbackInfo& info) : Napi::ObjectWrap<VisionSession>(info) {
    const int width = CheckedInteger(info[0], 2, kMaxSide, "width");
    if (width < 0) return;
    const int height = CheckedInteger(info[1], 2, kMaxSide, "height");
    if (height < 0) return;
    if (width % 2 != 0 || height % 2 != 0) {
      ThrowArgumentError(info.Env(), "native-bad-argument",
                         "expected an even width and height, got " + std::to_string(width) + "x" + std::to_string(height));
      return;
    }
    if (width > kMaxPixels / height) {
      ThrowArgumentError(info.Env(), "native-bad-argument",
                         "expected at most " + std::to_string(kMaxPixels) + " pixels, got " + std::to_string(width) + "x" + std::to_string(height));
      return;
    }
    session_ = std::make_unique<vision::VisionSession>(width, height);
  }

 private:
  std::string Size() const { return std::to_string(session_->width()) + "x" + std::to_string(session_->height()); }
  std::size_t Pixels() const {
    return static_cast<std::size_t>(session_->width()) * static_cast<std::size_t>(session_->height());
  }

  bool IsBusy(Napi::Env env) const {
    if (!is_busy_) return false;
    ThrowArgumentError(env, "native-busy",
                       "expected one call at a time per VisionSession; the previous analyze() has not settled");
    return true;
  }

  Napi::Value Analyze(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    if (IsBusy(env)) return RejectPending(env);
    const std::uint8_t* frame = CheckedBytes(info[0], Pixels() * 3 / 2, "frame", Size() + " YUV 4:2:0");
    if (frame == nullptr) return RejectPending(env);
    const double timestamp_s = CheckedTimestamp(info[1]);
    if (!std::isfinite(timestamp_s)) return RejectPending(env);
    float* row = CheckedFloats(info[2], vision::kColumns, "row", "one feature row");
    if (row == nullptr) return RejectPending(env);
    float* flow = nullptr;
    if (!info[3].IsUndefined()) {
      flow = CheckedFloats(info[3], Pixels() * 2, "flow", Size() + " dx,dy");
      if (flow == nullptr) return RejectPending(env);
    }
    const int color = CheckedColor(info[4]);
    if (color < 0) return RejectPending(env);

    auto* task = new NativeTask(env, [this, frame, timestamp_s, row, flow, color] {
      Look(frame, timestamp_s, color, row);
      if (flow != nullptr) WriteInterleaved(session_->flow(), flow);
    });
    task->Keep(info.This());
    task->Keep(info[0]);
    task->Keep(info[2]);
    if (flow != nullptr) task->Keep(info[3]);
    return Run(task);
  }

  Napi::Value AnalyzeFrames(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    if (IsBusy(env)) return RejectPending(env);
    const auto pipe = CheckedFramePipe(info[0]);
    if (pipe == nullptr) return RejectPending(env);
    const int frames = CheckedInteger(info[1], 1, kMaxFrames, "frames");
    if (frames < 0) return RejectPending(env);
    const int limit_ms = CheckedInteger(info[2], 0, kMaxLimitMs, "limitMs");
    if (limit_ms < 0) return RejectPending(env);
    float* rows = CheckedFloats(info[3], static_cast<std::size_t>(frames) * vision::kColumns, "rows", "a feature row per frame");
    if (rows == nullptr) return RejectPending(env);
    double* timestamps = CheckedDoubles(info[4], static_cast<std::size_t>(frames), "timestamps", "one per frame");
    if (timestamps == nullptr) return RejectPending(env);

    auto* task = new NativeTask(env, [this, pipe, frames, limit_ms, rows, timestamps] {
      LookAtFilm(*pipe, frames, std::chrono::milliseconds(limit_ms), rows, timestamps);
    });
    task->AnswerWith([this, pipe](Napi::Env of) {
      Napi::Object answer = Napi::Object::New(of);
      answer["frames"] = Napi::Number::New(of, frames_);
      answer["isOver"] = Napi::Boolean::New(of, is_over_);
      answer["text"] = Napi::String::New(of, pipe->TakeText());
      return answer;
    });
    task->Keep(info.This());
    for (const std::size_t borrowed : {0U, 3U, 4U}) task->Keep(info[borrowed]);
    return Run(task);
  }

  // Any thread, one at a time.
  void LookAtFilm(vision::FramePipe& pipe, int frames, std::chrono::milliseconds limit, float* rows, double* timestamps) {
    const auto end = std::chrono::steady_clock::now() + limit;
    frame_.resize(Pixels() * 3 / 2);
    frames_ = 0;
    is_over_ = false;
    vision::FrameNote note{};
    do {
      is_over_ = !pipe.Next(frame_.data(), frame_.size(), note);
      if (is_over_) return;
      Look(frame_.data(), note.time_s, static_cast<int>(note.color), rows + static_cast<std::ptrdiff_t>(frames_) * vision::kColumns);
      timestamps[frames_] = note.time_s;
      ++frames_;
    } while (frames_ < frames && std::chrono::steady_clock::now() < end);
  }

  // NaN after throwing.
  static double CheckedTimestamp(Napi::Value value) {
    const double timestamp_s = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : std::nan("");
    if (std::isfinite(timestamp_s)) return timestamp_s;
    ThrowArgumentError(value.Env(), "native-bad-argument", "expected timestampS to be a finite number of seconds");
    return std::nan("");
  }

  // -1 after throwing.
  static int CheckedColor(Napi::Value value) {
    return value.IsUndefined() ? 0 : CheckedInteger(value, 0, vision::kPictureColors - 1, "color");
  }

  // Any thread, one at a time.
  void Look(const std::uint8_t* frame, double timestamp_s, int color, float* row) {
    vision::FeatureRow features;
    const auto planes = vision::FramePlanes::FromContiguous(frame, session_->width(), session_->height());
    session_->Analyze(color_.ToFullBt601(planes, static_cast<vision::PictureColor>(color)), timestamp_s, features);
    std::copy(features.begin(), features.end(), row);
  }

  Napi::Value Run(NativeTask* task) {
    is_busy_ = true;
    task->OnSettled([this] { is_busy_ = false; });
    return task->Start();
  }

  Napi::Value Overlay(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    if (IsBusy(env)) return env.Undefined();
    if (!info[0].IsObject()) {
      ThrowArgumentError(env, "native-bad-argument", "expected overlay() to be given {flow, gridWidth, gridHeight} or {edges}");
      return env.Undefined();
    }
    const auto wanted = info[0].As<Napi::Object>();
    if (wanted.Has("flow")) {
      const int columns = CheckedInteger(wanted.Get("gridWidth"), 1, kMaxSide, "gridWidth");
      if (columns < 0) return env.Undefined();
      const int rows = CheckedInteger(wanted.Get("gridHeight"), 1, kMaxSide, "gridHeight");
      if (rows < 0) return env.Undefined();
      const auto length = static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows) * 2;
      float* flow = CheckedFloats(wanted.Get("flow"), length, "flow", "gridWidth x gridHeight dx,dy");
      if (flow == nullptr) return env.Undefined();
      vision::AverageFlowOnGrid(session_->flow(), session_->flow_seconds(), columns, rows, flow);
    }
    if (wanted.Has("edges")) {
      std::uint8_t* edges = CheckedBytes(wanted.Get("edges"), Pixels(), "edges", Size() + " edge map");
      if (edges == nullptr) return env.Undefined();
      std::fill_n(edges, Pixels(), std::uint8_t{0});
      session_->edges().WriteMap(edges);
    }
    return env.Undefined();
  }

  std::unique_ptr<vision::VisionSession> session_;
  vision::PictureColorConverter color_;
  std::vector<std::uint8_t> frame_;  // the one read from a pipe
  int frames_ = 0;                   // looked at by the last AnalyzeFrames
  bool is_over_ = false;
  bool is_busy_ = false;
};

}  // namespace

Napi::Function VisionSessionClass(Napi::Env env) { return VisionSession::Define(env); }

}  // namespace kinetone::binding

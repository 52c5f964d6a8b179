// FramePipe for JavaScript. The methods' contract stands in src-main/adapters/native/frame-pipe.ts.
#include "binding/frame_pipe.h"

#include <string>

#include "binding/checked_array.h"
#include "binding/exports.h"

namespace kinetone::binding {
namespace {

constexpr int kMaxBytes = 1 << 26;
// Tells a FramePipe from any other object with a native part.
constexpr napi_type_tag kTag = {0x6b696e65746f6e65U, 0x6672616d65706970U};

class FramePipe : public Napi::ObjectWrap<FramePipe> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "FramePipe",
                       {InstanceMethod<&FramePipe::CloseWriters>("closeWriters"), InstanceMethod<&FramePipe::Close>("close"),
                        InstanceAccessor<&FramePipe::Writer>("writer"), InstanceAccessor<&FramePipe::NotesWriter>("notesWriter")});
  }

  explicit FramePipe(const Napi::CallbackInfo& info) : Napi::ObjectWrap<FramePipe>(info) {
    const int bytes = CheckedInteger(info[0], 1, kMaxBytes, "capacityBytes");
    if (bytes < 0) return;
    pipe_ = vision::FramePipe::Open(static_cast<std::size_t>(bytes));
    info.This().As<Napi::Object>().TypeTag(&kTag);
  }

  ~FramePipe() override {
    if (pipe_ != nullptr) pipe_->Close();
  }

  const std::shared_ptr<vision::FramePipe>& pipe() const { return pipe_; }

 private:
  Napi::Value Writer(const Napi::CallbackInfo& info) {
    return Napi::Number::New(info.Env(), pipe_ == nullptr ? -1 : pipe_->writer());
  }

  Napi::Value NotesWriter(const Napi::CallbackInfo& info) {
    return Napi::Number::New(info.Env(), pipe_ == nullptr ? -1 : pipe_->notes_writer());
  }

  Napi::Value CloseWriters(const Napi::CallbackInfo& info) {
    if (pipe_ != nullptr) pipe_->CloseWriters();
    return info.Env().Undefined();
  }

  Napi::Value Close(const Napi::CallbackInfo& info) {
    if (pipe_ != nullptr) pipe_->Close();
    return info.Env().Undefined();
  }

  std::shared_ptr<vision::FramePipe> pipe_;
};

}  // namespace

std::shared_ptr<vision::FramePipe> CheckedFramePipe(Napi::Value value) {
  if (value.IsObject() && value.As<Napi::Object>().CheckTypeTag(&kTag)) {
    const auto& pipe = Napi::ObjectWrap<FramePipe>::Unwrap(value.As<Napi::Object>())->pipe();
    if (pipe != nullptr) return pipe;
  }
  ThrowArgumentError(value.Env(), "native-bad-argument", "expected an open FramePipe, got " + Shown(value));
  return nullptr;
}

Napi::Function FramePipeClass(Napi::Env env) { return FramePipe::Define(env); }

}  // namespace kinetone::binding

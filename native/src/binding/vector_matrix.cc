// VectorMatrix for JavaScript. Contract: src-main/adapters/native/vector-matrix.ts.
#include "search/vector_matrix.h"

#include <napi.h>

#include <memory>
#include <string>

#include "binding/checked_array.h"
#include "binding/exports.h"
#include "binding/native_task.h"

namespace kinetone::binding {
namespace {

constexpr int kMaxRows = 1'000'000;
constexpr int kMaxTop = 100'000;
constexpr const char* kNames[search::kSegments] = {"pose", "audio", "text"};

// What a search writes: rows and their count into `rows` (top + 1), score and three cosines a hit into `scores` (top x 4).
void Write(const std::vector<search::Hit>& hits, std::size_t top, std::uint32_t* rows, float* scores) {
  for (std::size_t i = 0; i < hits.size(); ++i) {
    rows[i] = hits[i].row;
    scores[i * 4] = hits[i].score;
    for (std::size_t segment = 0; segment < search::kSegments; ++segment) scores[i * 4 + 1 + segment] = hits[i].parts[segment];
  }
  rows[top] = static_cast<std::uint32_t>(hits.size());
}

std::uint32_t* CheckedIntegers(Napi::Value value, std::size_t length) {
  if (value.IsTypedArray() && value.As<Napi::TypedArray>().TypedArrayType() == napi_uint32_array && value.As<Napi::Uint32Array>().ElementLength() == length) {
    return value.As<Napi::Uint32Array>().Data();
  }
  ThrowArgumentError(value.Env(), "native-size-mismatch", "expected rows to be a Uint32Array of " + std::to_string(length) + " elements (top + 1)");
  return nullptr;
}

class Matrix : public Napi::ObjectWrap<Matrix> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "VectorMatrix", {InstanceMethod<&Matrix::Search>("search"), InstanceMethod<&Matrix::SearchNow>("searchNow"), InstanceAccessor<&Matrix::Bytes>("bytes")});
  }

  explicit Matrix(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Matrix>(info) {
    const int rows = CheckedInteger(info[0], 0, kMaxRows, "rows");
    if (rows < 0) return;
    static const float nothing = 0.0F;
    std::array<const float*, search::kSegments> segments{};
    for (std::size_t i = 0; i < search::kSegments; ++i) {
      const std::size_t length = static_cast<std::size_t>(rows) * search::kSegmentLengths[i];
      const float* data = CheckedFloats(info[i + 1], length, kNames[i], std::to_string(rows) + " rows of " + std::to_string(search::kSegmentLengths[i]));
      // An empty array may have no memory.
      if (data == nullptr && (length > 0 || info.Env().IsExceptionPending())) return;
      segments[i] = data == nullptr ? &nothing : data;
    }
    try {
      matrix_ = std::make_shared<const search::VectorMatrix>(static_cast<std::size_t>(rows), segments);
    } catch (const std::bad_alloc&) {
      ThrowArgumentError(info.Env(), "native-out-of-memory", "there is no memory for so many vectors");
      return;
    }
    Napi::MemoryManagement::AdjustExternalMemory(info.Env(), static_cast<std::int64_t>(matrix_->bytes()));
  }

  void Finalize(Napi::Env env) override {
    if (matrix_) Napi::MemoryManagement::AdjustExternalMemory(env, -static_cast<std::int64_t>(matrix_->bytes()));
  }

 private:
  struct Call {
    search::Query query;
    std::size_t from = 0;
    std::size_t to = 0;
    std::uint32_t* rows = nullptr;
    float* scores = nullptr;
  };

  // (pose, audio, text, weights, mask, top, from, to, rows, scores). False after throwing.
  bool Checked(const Napi::CallbackInfo& info, Call& call) {
    const Napi::Env env = info.Env();
    if (!matrix_) {
      ThrowArgumentError(env, "native-bad-argument", "this VectorMatrix was not made");
      return false;
    }
    for (std::size_t i = 0; i < search::kSegments; ++i) {
      if (info[i].IsNull() || info[i].IsUndefined()) continue;
      call.query.vectors[i] = CheckedFloats(info[i], search::kSegmentLengths[i], kNames[i], "a vector");
      if (call.query.vectors[i] == nullptr) return false;
    }
    const float* weights = CheckedFloats(info[3], search::kSegments, "weights", "pose, audio, text");
    if (weights == nullptr) return false;
    std::copy_n(weights, search::kSegments, call.query.weights.begin());
    if (!info[4].IsNull() && !info[4].IsUndefined()) {
      call.query.mask = CheckedBytes(info[4], matrix_->rows(), "mask", "one a row");
      if (call.query.mask == nullptr) return false;
    }
    const int top = CheckedInteger(info[5], 1, kMaxTop, "top");
    if (top < 0) return false;
    call.query.top = static_cast<std::size_t>(top);
    const int rows = static_cast<int>(matrix_->rows());
    const int from = CheckedInteger(info[6], 0, rows, "from");
    const int to = from < 0 ? -1 : CheckedInteger(info[7], from, rows, "to");
    if (to < 0) return false;
    call.from = static_cast<std::size_t>(from);
    call.to = static_cast<std::size_t>(to);
    call.rows = CheckedIntegers(info[8], call.query.top + 1);
    if (call.rows == nullptr) return false;
    call.scores = CheckedFloats(info[9], call.query.top * 4, "scores", "top x 4");
    return call.scores != nullptr;
  }

  Napi::Value SearchNow(const Napi::CallbackInfo& info) {
    Call call;
    if (Checked(info, call)) Write(matrix_->Search(call.query, call.from, call.to), call.query.top, call.rows, call.scores);
    return info.Env().Undefined();
  }

  Napi::Value Search(const Napi::CallbackInfo& info) {
    Call call;
    if (!Checked(info, call)) return RejectPending(info.Env());
    auto* task = new NativeTask(info.Env(), [call, matrix = matrix_] { Write(matrix->Search(call.query, call.from, call.to), call.query.top, call.rows, call.scores); });
    for (std::size_t i = 0; i < 10; ++i) {
      if (info[i].IsObject()) task->Keep(info[i]);
    }
    return task->Start();
  }

  Napi::Value Bytes(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), matrix_ ? static_cast<double>(matrix_->bytes()) : 0.0); }

  std::shared_ptr<const search::VectorMatrix> matrix_;
};

}  // namespace

Napi::Function VectorMatrixClass(Napi::Env env) { return Matrix::Define(env); }

}  // namespace kinetone::binding

// BeatNetFeatures for JavaScript. Contract: src-main/adapters/native/beatnet-features.ts.
#include "music/beatnet_features.h"

#include <napi.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "binding/checked_array.h"
#include "binding/exports.h"

namespace kinetone::binding {
namespace {

class BeatNetFeaturesObject : public Napi::ObjectWrap<BeatNetFeaturesObject> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "BeatNetFeatures",
                       {InstanceMethod<&BeatNetFeaturesObject::Push>("push"), InstanceMethod<&BeatNetFeaturesObject::Finish>("finish")});
  }

  explicit BeatNetFeaturesObject(const Napi::CallbackInfo& info) : Napi::ObjectWrap<BeatNetFeaturesObject>(info) {
    const float* filterbank = CheckedFloats(info[0], music::kBeatNetBands * music::kBeatNetBins, "filterbank", "136 bands x 705 bins");
    if (filterbank == nullptr) return;
    for (std::size_t i = 0; i < music::kBeatNetBands * music::kBeatNetBins; ++i) {
      if (std::isfinite(filterbank[i])) continue;
      ThrowArgumentError(info.Env(), "native-bad-argument", "expected filterbank to hold finite numbers");
      return;
    }
    features_ = std::make_unique<music::BeatNetFeatures>(filterbank);
  }

 private:
  Napi::Value Frames(Napi::Env env, const std::vector<float>& values) {
    auto array = Napi::Float32Array::New(env, values.size());
    std::copy(values.begin(), values.end(), array.Data());
    return array;
  }

  Napi::Value Push(const Napi::CallbackInfo& info) {
    if (!info[0].IsTypedArray() || info[0].As<Napi::TypedArray>().TypedArrayType() != napi_float32_array) {
      ThrowArgumentError(info.Env(), "native-bad-argument", "expected samples to be a Float32Array");
      return info.Env().Undefined();
    }
    const auto samples = info[0].As<Napi::Float32Array>();
    std::vector<float> out;
    features_->Push(samples.Data(), samples.ElementLength(), out);
    return Frames(info.Env(), out);
  }

  Napi::Value Finish(const Napi::CallbackInfo& info) {
    std::vector<float> out;
    features_->Finish(out);
    return Frames(info.Env(), out);
  }

  std::unique_ptr<music::BeatNetFeatures> features_;
};

}  // namespace

Napi::Function BeatNetFeaturesClass(Napi::Env env) { return BeatNetFeaturesObject::Define(env); }

}  // namespace kinetone::binding

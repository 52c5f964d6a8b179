// The addon's export list; nothing else happens here.
#include <napi.h>

#include "binding/exports.h"

namespace {

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports.Set("featureLayout", kinetone::binding::FeatureLayout(env));
  exports.Set("VisionSession", kinetone::binding::VisionSessionClass(env));
  exports.Set("opticalFlow", kinetone::binding::OpticalFlowFunction(env));
  return exports;
}

}  // namespace

NODE_API_MODULE(kinetone, Init)

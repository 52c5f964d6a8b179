// What addon.cc puts on the exports object, one function per line, each defined in the file named beside it.
#pragma once

#include <napi.h>

namespace kinetone::binding {

Napi::Value FeatureLayout(Napi::Env env);  // feature_layout.cc
Napi::Function VisionSessionClass(Napi::Env env);   // vision_session.cc
Napi::Function OpticalFlowFunction(Napi::Env env);  // optical_flow.cc

}  // namespace kinetone::binding

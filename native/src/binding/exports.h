// What addon.cc puts on the exports object, one function per line, each defined in the file named beside it.
#pragma once

#include <napi.h>

namespace kinetone::binding {

Napi::Value FeatureLayout(Napi::Env env);  // feature_layout.cc

}  // namespace kinetone::binding

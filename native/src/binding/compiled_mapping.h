// Reads the plain object that core/sonify/mapping/compile.ts makes into the engine's Mapping.
#pragma once

#include <napi.h>

#include <memory>

#include "control/mapping.h"

namespace kinetone::binding {

// Null after throwing 'native-bad-argument' or 'native-size-mismatch'. Main thread.
std::unique_ptr<const control::Mapping> ReadMapping(Napi::Env env, Napi::Value value);

}  // namespace kinetone::binding

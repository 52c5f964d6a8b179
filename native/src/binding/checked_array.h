// Checks of typed-array arguments, with messages that say what was expected, for which argument, and what came.
#pragma once

#include <napi.h>

#include <cstddef>
#include <string>

namespace kinetone::binding {

// Throws a JavaScript TypeError with `code` 'native-bad-argument' (wrong type) or 'native-size-mismatch' (wrong length).
void ThrowArgumentError(Napi::Env env, const char* code, const std::string& message);

// A value as a message may show it: numbers, texts and truths as they are, of everything else its kind. Runs no JavaScript.
std::string Shown(Napi::Value value);

// The argument as an object, or an empty one after throwing.
Napi::Object CheckedObject(const Napi::CallbackInfo& info, std::size_t index, const char* meaning);

// The data of a Uint8Array / Float32Array / Float64Array of exactly `length` elements, or null after throwing.
// meaning: what the length stands for, e.g. "640x360 YUV 4:2:0".
std::uint8_t* CheckedBytes(Napi::Value value, std::size_t length, const char* name, const std::string& meaning);
float* CheckedFloats(Napi::Value value, std::size_t length, const char* name, const std::string& meaning);
double* CheckedDoubles(Napi::Value value, std::size_t length, const char* name, const std::string& meaning);

// A whole number in [low, high], or -1 after throwing.
int CheckedInteger(Napi::Value value, int low, int high, const char* name);

// A number in [low, high] into `out`. False after throwing.
bool CheckedNumber(Napi::Value value, double low, double high, const char* name, double& out);

}  // namespace kinetone::binding

// Typed-array checks.
#include "binding/checked_array.h"

#include <cmath>

namespace kinetone::binding {
namespace {

template <typename Element>
Element* Checked(Napi::Value value, napi_typedarray_type type, const char* type_name, std::size_t length, const char* name,
              const std::string& meaning) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != type) {
    ThrowArgumentError(value.Env(), "native-bad-argument", std::string("expected ") + name + " to be a " + type_name);
    return nullptr;
  }
  auto array = value.As<Napi::TypedArrayOf<Element>>();
  if (array.ElementLength() != length) {
    ThrowArgumentError(value.Env(), "native-size-mismatch",
                       std::string("expected ") + name + " to have " + std::to_string(length) + " elements (" + meaning +
                           "), got " + std::to_string(array.ElementLength()));
    return nullptr;
  }
  return array.Data();
}

}  // namespace

void ThrowArgumentError(Napi::Env env, const char* code, const std::string& message) {
  const auto error = Napi::TypeError::New(env, message);
  error.Value().Set("code", Napi::String::New(env, code));
  error.ThrowAsJavaScriptException();
}

std::uint8_t* CheckedBytes(Napi::Value value, std::size_t length, const char* name, const std::string& meaning) {
  return Checked<std::uint8_t>(value, napi_uint8_array, "Uint8Array", length, name, meaning);
}

float* CheckedFloats(Napi::Value value, std::size_t length, const char* name, const std::string& meaning) {
  return Checked<float>(value, napi_float32_array, "Float32Array", length, name, meaning);
}

int CheckedInteger(Napi::Value value, int low, int high, const char* name) {
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : std::nan("");
  if (number >= low && number <= high && number == std::floor(number)) return static_cast<int>(number);
  ThrowArgumentError(value.Env(), "native-bad-argument",
                     std::string("expected ") + name + " to be a whole number from " + std::to_string(low) + " to " +
                         std::to_string(high) + ", got " + value.ToString().Utf8Value());
  return -1;
}

bool CheckedNumber(Napi::Value value, double low, double high, const char* name, double& out) {
  out = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : std::nan("");
  if (out >= low && out <= high) return true;
  ThrowArgumentError(value.Env(), "native-bad-argument",
                     std::string("expected ") + name + " to be a number from " + std::to_string(low) + " to " + std::to_string(high) + ", got " +
                         value.ToString().Utf8Value());
  return false;
}

}  // namespace kinetone::binding

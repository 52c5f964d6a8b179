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
  // The first complaint is the one to hear; a second would end the process.
  if (env.IsExceptionPending()) return;
  const auto error = Napi::TypeError::New(env, message);
  error.Value().Set("code", Napi::String::New(env, code));
  error.ThrowAsJavaScriptException();
}

std::string Shown(Napi::Value value) {
  if (value.IsEmpty()) return "nothing";
  switch (value.Type()) {
    case napi_undefined: return "undefined";
    case napi_null: return "null";
    case napi_boolean:
    case napi_number:
    case napi_string: return value.ToString().Utf8Value().substr(0, 80);
    case napi_function: return "a function";
    case napi_symbol: return "a symbol";
    default: return "an object";
  }
}

Napi::Object CheckedObject(const Napi::CallbackInfo& info, std::size_t index, const char* meaning) {
  const Napi::Value value = info[index];
  if (value.IsObject()) return value.As<Napi::Object>();
  ThrowArgumentError(info.Env(), "native-bad-argument", std::string("expected ") + meaning + ", got " + Shown(value));
  return {};
}

std::uint8_t* CheckedBytes(Napi::Value value, std::size_t length, const char* name, const std::string& meaning) {
  return Checked<std::uint8_t>(value, napi_uint8_array, "Uint8Array", length, name, meaning);
}

float* CheckedFloats(Napi::Value value, std::size_t length, const char* name, const std::string& meaning) {
  return Checked<float>(value, napi_float32_array, "Float32Array", length, name, meaning);
}

double* CheckedDoubles(Napi::Value value, std::size_t length, const char* name, const std::string& meaning) {
  return Checked<double>(value, napi_float64_array, "Float64Array", length, name, meaning);
}

int CheckedInteger(Napi::Value value, int low, int high, const char* name) {
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : std::nan("");
  if (number >= low && number <= high && number == std::floor(number)) return static_cast<int>(number);
  ThrowArgumentError(value.Env(), "native-bad-argument",
                     std::string("expected ") + name + " to be a whole number from " + std::to_string(low) + " to " +
                         std::to_string(high) + ", got " + Shown(value));
  return -1;
}

bool CheckedNumber(Napi::Value value, double low, double high, const char* name, double& out) {
  out = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : std::nan("");
  if (out >= low && out <= high) return true;
  ThrowArgumentError(value.Env(), "native-bad-argument",
                     std::string("expected ") + name + " to be a number from " + std::to_string(low) + " to " + std::to_string(high) + ", got " +
                         Shown(value));
  return false;
}

}  // namespace kinetone::binding

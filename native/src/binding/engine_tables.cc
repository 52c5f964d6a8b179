// The engine's source and parameter tables, so that a test can compare them with their TypeScript twins.
#include "binding/exports.h"
#include "control/mapping.h"
#include "control/engine_trace.h"

namespace kinetone::binding {

Napi::Value SoundTables(Napi::Env env) {
  const auto number = [env](double value) { return Napi::Number::New(env, value); };
  auto sources = Napi::Array::New(env);
  for (std::uint32_t i = 0; i < control::kSourceCount; ++i) {
    auto entry = Napi::Object::New(env);
    entry.Set("id", control::kSources[i].id);
    entry.Set("min", number(static_cast<double>(control::kSources[i].min)));
    entry.Set("max", number(static_cast<double>(control::kSources[i].max)));
    sources.Set(i, entry);
  }
  auto parameters = Napi::Array::New(env);
  for (std::uint32_t i = 0; i < control::kParameterCount; ++i) {
    const control::ParameterSpec& spec = control::kParameters[i];
    auto entry = Napi::Object::New(env);
    entry.Set("id", spec.id);
    entry.Set("min", number(static_cast<double>(spec.min)));
    entry.Set("max", number(static_cast<double>(spec.max)));
    entry.Set("default", number(static_cast<double>(spec.rest)));
    entry.Set("scale", spec.log ? "log" : "linear");
    parameters.Set(i, entry);
  }
  auto tables = Napi::Object::New(env);
  tables.Set("sources", sources);
  tables.Set("parameters", parameters);
  tables.Set("curvePoints", number(static_cast<double>(control::kCurvePoints)));
  tables.Set("traceHeader", number(static_cast<double>(control::kTraceHeader)));
  const auto count = [&](const char* name, auto last) { tables.Set(name, number(static_cast<double>(last))); };
  count("modes", control::Mode::kCount);
  count("basses", control::BassShape::kCount);
  count("kits", control::Kit::kCount);
  count("pads", control::PadShape::kCount);
  return tables;
}

}  // namespace kinetone::binding

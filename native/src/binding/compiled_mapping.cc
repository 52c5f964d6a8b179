#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include "binding/checked_array.h"
#include "binding/compiled_mapping.h"

namespace kinetone::binding {
namespace {

using control::Mapping;
using control::MappingRow;

// The columns of `rows`, in the order compile.ts writes them.
enum RowColumn : std::size_t {
  kSource, kTarget, kInputLow, kInputHigh, kOutputLow, kOutputHigh, kAttackMs, kReleaseMs, kQuantisation, kSteps, kCombine, kActive, kId, kRowColumns
};
enum Setting : std::size_t {
  kTempoSource, kBpm, kTonic, kMode, kSync, kBass, kKit, kPad, kMasterGainDb, kCompression, kPlaysCuts, kSettings
};
constexpr std::size_t kStripColumns = 4;  // gain in dB, pan, mute, solo

const double* Doubles(Napi::Object object, const char* name, std::size_t length) {
  const Napi::Value value = object.Get(name);
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_float64_array) {
    ThrowArgumentError(object.Env(), "native-bad-argument", std::string("expected mapping.") + name + " to be a Float64Array");
    return nullptr;
  }
  const auto array = value.As<Napi::Float64Array>();
  if (array.ElementLength() != length) {
    ThrowArgumentError(object.Env(), "native-size-mismatch",
                       std::string("expected mapping.") + name + " to have " + std::to_string(length) + " elements, got " + std::to_string(array.ElementLength()));
    return nullptr;
  }
  for (std::size_t i = 0; i < length; ++i) {
    if (std::isfinite(array[i])) continue;
    ThrowArgumentError(object.Env(), "native-bad-argument", std::string("expected mapping.") + name + " to hold finite numbers");
    return nullptr;
  }
  return array.Data();
}

// An enum's value, or false when the number names none.
template <typename Enum>
bool ReadEnum(double number, int count, Enum& out) {
  if (!(number >= 0.0 && number < count) || number != std::floor(number)) return false;
  out = static_cast<Enum>(static_cast<int>(number));
  return true;
}

bool ReadRow(const double* from, const float* curve, MappingRow& row) {
  // Kept where float arithmetic is far from overflow; no parameter goes beyond 20 000.
  const auto number = [from](RowColumn column) { return static_cast<float>(std::clamp(from[column], -1.0e6, 1.0e6)); };
  if (!ReadEnum(from[kSource], static_cast<int>(control::kSourceCount), row.source)) return false;
  if (!ReadEnum(from[kTarget], static_cast<int>(control::kParameterCount), row.target)) return false;
  if (!ReadEnum(from[kQuantisation], 4, row.quantisation) || !ReadEnum(from[kCombine], 3, row.combine)) return false;
  if (from[kSteps] < 2 || from[kSteps] > 64 || from[kAttackMs] < 0 || from[kReleaseMs] < 0) return false;
  row.input_low = number(kInputLow);
  row.input_high = number(kInputHigh);
  row.output_low = number(kOutputLow);
  row.output_high = number(kOutputHigh);
  row.attack_ms = number(kAttackMs);
  row.release_ms = number(kReleaseMs);
  row.steps = static_cast<int>(from[kSteps]);
  row.active = from[kActive] != 0.0;
  row.id = static_cast<std::uint32_t>(from[kId]);
  for (std::size_t i = 0; i < control::kCurvePoints; ++i) {
    if (!(curve[i] >= 0.0f && curve[i] <= 1.0f)) return false;
    row.curve[i] = curve[i];
  }
  return true;
}

bool ReadSettings(const double* from, Mapping& mapping) {
  if (!ReadEnum(from[kTempoSource], 4, mapping.tempo_source) || !ReadEnum(from[kTonic], 12, mapping.tonic)) return false;
  if (!ReadEnum(from[kMode], static_cast<int>(control::Mode::kCount), mapping.mode)) return false;
  if (!ReadEnum(from[kBass], static_cast<int>(control::BassShape::kCount), mapping.bass)) return false;
  if (!ReadEnum(from[kKit], static_cast<int>(control::Kit::kCount), mapping.kit)) return false;
  if (!ReadEnum(from[kPad], static_cast<int>(control::PadShape::kCount), mapping.pad)) return false;
  if (from[kBpm] < 40 || from[kBpm] > 240) return false;
  mapping.bpm = static_cast<int>(from[kBpm]);
  mapping.sync = from[kSync] != 0.0;
  mapping.plays_cuts = from[kPlaysCuts] != 0.0;
  mapping.master_gain_db = static_cast<float>(from[kMasterGainDb]);
  mapping.compression = static_cast<float>(from[kCompression]);
  return mapping.compression >= 0.0f && mapping.compression <= 1.0f;
}

void ReadStrips(const double* from, Mapping& mapping) {
  for (auto& strip : mapping.strips) {
    strip = {static_cast<float>(from[0]), static_cast<float>(from[1]), from[2] != 0.0, from[3] != 0.0};
    from += kStripColumns;
  }
}

std::unique_ptr<const Mapping> Refuse(Napi::Env env, const std::string& what) {
  ThrowArgumentError(env, "native-bad-argument", "expected a mapping made by compileMapping(); " + what);
  return nullptr;
}

}  // namespace

std::unique_ptr<const Mapping> ReadMapping(Napi::Env env, Napi::Value value) {
  if (!value.IsObject()) return Refuse(env, "got " + Shown(value));
  const auto object = value.As<Napi::Object>();
  const int row_count = CheckedInteger(object.Get("rowCount"), 0, static_cast<int>(control::kMaxRows), "mapping.rowCount");
  if (row_count < 0) return nullptr;
  const auto count = static_cast<std::size_t>(row_count);
  const double* rows = Doubles(object, "rows", count * kRowColumns);
  const float* curves = env.IsExceptionPending() ? nullptr : CheckedFloats(object.Get("curves"), count * control::kCurvePoints, "mapping.curves", "513 points a row");
  if (env.IsExceptionPending()) return nullptr;  // an empty array has no data, so the pointer does not tell
  const double* resting = Doubles(object, "resting", control::kParameterCount);
  if (resting == nullptr) return nullptr;
  const double* settings = Doubles(object, "settings", kSettings);
  if (settings == nullptr) return nullptr;
  const double* strips = Doubles(object, "strips", control::kStripCount * kStripColumns);
  if (strips == nullptr) return nullptr;

  auto mapping = std::make_unique<Mapping>();
  mapping->row_count = count;
  for (std::size_t i = 0; i < count; ++i) {
    if (!ReadRow(rows + i * kRowColumns, curves + i * control::kCurvePoints, mapping->rows[i])) {
      return Refuse(env, "row " + std::to_string(i) + " has a number out of range");
    }
  }
  for (std::size_t p = 0; p < control::kParameterCount; ++p) mapping->resting[p] = static_cast<float>(std::clamp(resting[p], -1.0e6, 1.0e6));
  if (!ReadSettings(settings, *mapping)) return Refuse(env, "a setting is out of range");
  ReadStrips(strips, *mapping);
  return mapping;
}

}  // namespace kinetone::binding

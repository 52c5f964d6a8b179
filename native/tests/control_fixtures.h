// Feature rows and mappings for the control and engine tests.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "control/sonify_engine.h"

namespace kinetone::test {

struct Scene {
  float motion = 0, density = 0, brightness = 0, colorfulness = 0;
  std::uint32_t color = 0xff8020;
  bool cut = false;
};

inline vision::FeatureRow RowOf(const Scene& scene) {
  vision::FeatureRow row{};
  row[vision::kMagnitude] = scene.motion;
  if (scene.motion > 0) row[vision::kDirection] = 1.0f;
  row[vision::kColor] = static_cast<float>(scene.color);
  row[vision::kColor + 1] = 1.0f;
  row[vision::kColorfulness] = scene.colorfulness;
  row[vision::kBrightness] = scene.brightness;
  row[vision::kEdgeDensity] = scene.density;
  row[vision::kHorizontalEdge] = row[vision::kVerticalEdge] = scene.density;
  row[vision::kSceneChange] = scene.cut ? 0.9f : 0.0f;
  return row;
}

inline control::MappingRow RowFrom(control::Source source, control::Parameter target, float low, float high, float out_low, float out_high) {
  control::MappingRow row;
  row.source = source;
  row.target = target;
  row.input_low = low;
  row.input_high = high;
  row.output_low = out_low;
  row.output_high = out_high;
  row.id = static_cast<std::uint32_t>(source) * 100 + static_cast<std::uint32_t>(target) + 1;
  for (std::size_t i = 0; i < control::kCurvePoints; ++i) row.curve[i] = static_cast<float>(i) / static_cast<float>(control::kCurvePoints - 1);
  return row;
}

inline void Add(control::Mapping& mapping, const control::MappingRow& row) { mapping.rows[mapping.row_count++] = row; }

// Motion drives the bass, density the drums, colour the pads.
inline control::Mapping PlainMapping() {
  using control::Parameter;
  using control::Source;
  control::Mapping mapping;
  for (std::size_t p = 0; p < control::kParameterCount; ++p) mapping.resting[p] = control::kParameters[p].rest;
  Add(mapping, RowFrom(Source::kMotionMagnitude, Parameter::kBassIntensity, 0, 1, 0, 1));
  Add(mapping, RowFrom(Source::kMotionMagnitude, Parameter::kModulationRate, 0, 1, 0.4f, 14));
  Add(mapping, RowFrom(Source::kEdgeDensity, Parameter::kRhythmComplexity, 0, 1, 0, 1));
  Add(mapping, RowFrom(Source::kHue, Parameter::kPadHue, 0, 1, 0, 1));
  Add(mapping, RowFrom(Source::kBrightness, Parameter::kPadLevel, 0, 1, 0, 1));
  Add(mapping, RowFrom(Source::kBrightness, Parameter::kPadCutoff, 0, 1, 400, 6000));
  mapping.compression = 0.5f;
  return mapping;
}

inline std::unique_ptr<const control::Mapping> Shared(const control::Mapping& mapping) { return std::make_unique<const control::Mapping>(mapping); }

}  // namespace kinetone::test

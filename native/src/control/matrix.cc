#include "control/matrix.h"

#include "control/scale.h"
#include "control/wobble.h"
#include "dsp/math.h"

namespace kinetone::control {
namespace {

using dsp::Clamp;

constexpr float kAbsurd = 1.0e9f;
constexpr float kStepHysteresis = 0.05f;  // of a step, beyond the half-way point

float Normalise(const MappingRow& row, float value) {
  const float width = row.input_high - row.input_low;
  if (width == 0.0f) return value >= row.input_high ? 1.0f : 0.0f;
  return Clamp((value - row.input_low) / width, 0.0f, 1.0f);
}

float LookUp(const std::array<float, kCurvePoints>& curve, float x) {
  const float position = x * static_cast<float>(kCurvePoints - 1);
  auto index = static_cast<std::size_t>(position);
  if (index > kCurvePoints - 2) index = kCurvePoints - 2;
  return dsp::Lerp(curve[index], curve[index + 1], position - static_cast<float>(index));
}

// Hue runs in a circle when the row reads all of it: red to violet is a short way.
bool IsCircular(const MappingRow& row) {
  const float width = row.input_high - row.input_low;
  return row.source == Source::kHue && (width >= 0.999f || width <= -0.999f);
}

float KeepInRange(Parameter parameter, float value) {
  const ParameterSpec& spec = kParameters[static_cast<std::size_t>(parameter)];
  // Rows may multiply to infinity and beyond; what is no number at all rests.
  if (!(value > -kAbsurd && value < kAbsurd)) return value > 0.0f ? spec.max : (value < 0.0f ? spec.min : spec.rest);
  if (parameter == Parameter::kPadHue) return static_cast<float>(dsp::Fraction(value));
  return Clamp(value, spec.min, spec.max);
}

}  // namespace

void Matrix::SetMapping(const Mapping& mapping, float ticks_per_second) {
  const auto before = states_;
  for (std::size_t i = 0; i < mapping.row_count; ++i) {
    const MappingRow& row = mapping.rows[i];
    RowState state;
    for (const RowState& old : before) {
      if (old.started && old.id == row.id) state = old;
    }
    state.id = row.id;
    state.rise = 1.0f - dsp::DecayPerStep(row.attack_ms * 0.001f * ticks_per_second);
    state.fall = 1.0f - dsp::DecayPerStep(row.release_ms * 0.001f * ticks_per_second);
    states_[i] = state;
  }
  for (std::size_t i = mapping.row_count; i < kMaxRows; ++i) states_[i] = RowState{};
  mapping_ = &mapping;
}

void Matrix::Reset() {
  for (RowState& state : states_) state.started = false;
}

float Matrix::Smooth(RowState& state, float target, bool circular) {
  if (!state.started) {
    state.started = true;
    return state.smoothed = target;
  }
  float distance = target - state.smoothed;
  if (circular) distance -= static_cast<float>(dsp::RoundToInt(distance));
  state.smoothed += (distance > 0.0f ? state.rise : state.fall) * distance;
  if (circular) state.smoothed = static_cast<float>(dsp::Fraction(state.smoothed));
  return state.smoothed;
}

float Matrix::Output(const MappingRow& row, const Mapping& mapping, RowState& state, int bpm) {
  float y = state.smoothed;
  if (row.quantisation == Quantisation::kSteps) {
    const float position = y * static_cast<float>(row.steps - 1);
    const float offset = position - static_cast<float>(state.step);
    if (offset > 0.5f + kStepHysteresis || offset < -0.5f - kStepHysteresis) state.step = dsp::RoundToInt(position);
    y = static_cast<float>(state.step) / static_cast<float>(row.steps - 1);
  }
  const bool log = kParameters[static_cast<std::size_t>(row.target)].log && row.output_low > 0.0f && row.output_high > 0.0f;
  float value = log ? row.output_low * dsp::Exp2(y * dsp::Log2(row.output_high / row.output_low))
                    : dsp::Lerp(row.output_low, row.output_high, y);
  if (row.quantisation == Quantisation::kScale) {
    value = static_cast<float>(SnapToMode(mapping.mode, dsp::RoundToInt(Clamp(value, -120.0f, 120.0f))));
  } else if (row.quantisation == Quantisation::kDivisions) {
    value = WobbleDivision::RateHz(WobbleDivision::Nearest(value * 60.0f / static_cast<float>(bpm)), bpm);
  }
  return value;
}

void Matrix::Tick(const SourceReader& sources, int bpm) {
  parameters_ = mapping_->resting;
  for (std::size_t i = 0; i < mapping_->row_count; ++i) {
    const MappingRow& row = mapping_->rows[i];
    RowState& state = states_[i];
    if (row.source == Source::kHue && !sources.HasHue()) {
      state.input = 0.0f;
      state.output = At(parameters_, row.target);
      continue;
    }
    state.input = Normalise(row, sources.value(row.source));
    Smooth(state, LookUp(row.curve, state.input), IsCircular(row));
    state.output = Output(row, *mapping_, state, bpm);
    if (!row.active) continue;
    float& value = At(parameters_, row.target);
    switch (row.combine) {
      case Combine::kSet: value = state.output; break;
      case Combine::kAdd: value += state.output; break;
      case Combine::kMultiply: value *= state.output; break;
    }
  }
  for (std::size_t p = 0; p < kParameterCount; ++p) parameters_[p] = KeepInRange(static_cast<Parameter>(p), parameters_[p]);
}

}  // namespace kinetone::control

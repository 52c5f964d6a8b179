#include "control/morph.h"

#include "dsp/math.h"

namespace kinetone::control {
namespace {

using dsp::Lerp;

float Blend(std::size_t parameter, float from, float to, float t) {
  if (static_cast<Parameter>(parameter) == Parameter::kPadHue) {
    // The short way round the circle.
    const float way = to - from - static_cast<float>(dsp::RoundToInt(to - from));
    return static_cast<float>(dsp::Fraction(static_cast<double>(from + t * way)));
  }
  if (kParameters[parameter].log && from > 0.0f && to > 0.0f) return from * dsp::Exp2(t * dsp::Log2(to / from));
  return Lerp(from, to, t);
}

}  // namespace

void Morph::Begin(const Mapping& from, const Matrix& matrix, const ParameterValues& heard, std::int64_t ticks) {
  from_ = &from;
  matrix_ = matrix;
  for (std::size_t p = 0; p < kParameterCount; ++p) jump_[p] = heard[p] - matrix.parameters()[p];
  ticks_ = ticks_left_ = ticks < 1 ? 1 : ticks;
}

void Morph::Tick(const SourceReader& sources, int bpm, ParameterValues& values) {
  matrix_.Tick(sources, bpm);
  --ticks_left_;
  const float t = place();
  for (std::size_t p = 0; p < kParameterCount; ++p) {
    const float blended = Blend(p, matrix_.parameters()[p], values[p], t) + (1.0f - t) * jump_[p];
    values[p] = dsp::Clamp(blended, kParameters[p].min, kParameters[p].max);
  }
}

SoundSettings Morph::Settings(const SoundSettings& to) const {
  if (!is_running()) return to;
  const SoundSettings& from = *from_;
  SoundSettings blended = is_before_middle() ? from : to;
  const float t = place();
  blended.master_gain_db = Lerp(from.master_gain_db, to.master_gain_db, t);
  blended.compression = Lerp(from.compression, to.compression, t);
  for (std::size_t s = 0; s < blended.strips.size(); ++s) {
    blended.strips[s].gain_db = Lerp(from.strips[s].gain_db, to.strips[s].gain_db, t);
    blended.strips[s].pan = Lerp(from.strips[s].pan, to.strips[s].pan, t);
  }
  return blended;
}

}  // namespace kinetone::control

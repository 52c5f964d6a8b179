// The engine parameters of one block after the de-zipper: where each stood at the block's start and where it ends.
#pragma once

#include "control/parameters.h"
#include "dsp/block.h"
#include "dsp/math.h"

namespace kinetone::dsp {

using control::Parameter;

struct SynthParameters {
  control::ParameterValues from{}, to{};

  float Start(Parameter parameter) const { return control::At(from, parameter); }
  float End(Parameter parameter) const { return control::At(to, parameter); }
  // The value at the end of sub-block 0..kSubBlocks-1.
  float AtSubBlock(Parameter parameter, int sub_block) const {
    return Lerp(Start(parameter), End(parameter), static_cast<float>(sub_block + 1) / kSubBlocks);
  }
};

}  // namespace kinetone::dsp

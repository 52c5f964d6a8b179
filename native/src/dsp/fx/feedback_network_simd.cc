#include "dsp/fx/feedback_network.h"

#include "dsp/lanes/float8.h"

namespace kinetone::dsp::KINETONE_SIMD {
namespace {

constexpr int kLines = FeedbackNetwork::kLines;
constexpr float kInput = 0.5f;
constexpr float kOutput = 0.6f;
constexpr float kUnitary = 0.353553391f;  // 1 / sqrt(8)

// rows[line] holds eight frames; each pair becomes its sum and difference, for every power of two.
KINETONE_INLINE void Hadamard(Float8 (&rows)[kLines]) {
  for (int half = 1; half < kLines; half *= 2) {
    for (int j = 0; j < kLines; j += 2 * half) {
      for (int k = j; k < j + half; ++k) {
        const Float8 sum = rows[k] + rows[k + half];
        rows[k + half] = rows[k] - rows[k + half];
        rows[k] = sum;
      }
    }
  }
}

void Turn(FeedbackNetwork& network, const float (*input)[kBlockFrames], float (*lines)[kBlockFrames], float (*wet)[kBlockFrames]) {
  const Float8 feedback = Float8::Load(network.feedback), damping = Float8::Of(network.damping), output = Float8::Of(kOutput);
  Float8 damp = Float8::Load(network.damp);
  for (int frame = 0; frame < kBlockFrames; frame += 8) {
    Float8 rows[kLines];
    for (int line = 0; line < kLines; ++line) rows[line] = Float8::Load(lines[line] + frame);
    // The low-passes have a memory: the lines side by side.
    Transpose(rows);
    for (Float8& row : rows) {
      const Float8 delayed = feedback * row;
      damp = delayed + damping * (damp - delayed);
      row = damp;
    }
    Transpose(rows);
    (output * (((rows[0] - rows[2]) + rows[4]) - rows[6])).Store(wet[0] + frame);
    (output * (((rows[1] - rows[3]) + rows[5]) - rows[7])).Store(wet[1] + frame);
    Hadamard(rows);
    for (int line = 0; line < kLines; ++line) {
      (Float8::Of(kUnitary) * rows[line] + Float8::Of(kInput) * Float8::Load(input[line % 2] + frame)).Store(lines[line] + frame);
    }
  }
  damp.Store(network.damp);
}

}  // namespace

extern const FeedbackKernel kFeedbackKernels = {Turn};

}  // namespace kinetone::dsp::KINETONE_SIMD

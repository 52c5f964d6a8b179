// Fixed-point rows.
#include "vision/picture_color.h"

#include "rt/vectorize.h"

namespace kinetone::vision::KINETONE_SIMD {
namespace {

constexpr int kShift = 14;
constexpr std::int32_t kHalf = 1 << (kShift - 1);
constexpr std::int32_t kGrey = (128 << kShift) + kHalf;

std::uint8_t Byte(std::int32_t scaled) {
  const std::int32_t value = scaled >> kShift;
  return static_cast<std::uint8_t>(value < 0 ? 0 : value > 255 ? 255 : value);
}

void ChromaRow(const ColorChange& change, const std::uint8_t* u, const std::uint8_t* v, int width, std::uint8_t* out_u,
               std::uint8_t* out_v, std::int32_t* light) {
  const ColorChange c = change;
  KINETONE_INDEPENDENT
  for (int x = 0; x < width; ++x) {
    const std::int32_t cu = u[x] - 128;
    const std::int32_t cv = v[x] - 128;
    out_u[x] = Byte(c.u_u * cu + c.u_v * cv + kGrey);
    out_v[x] = Byte(c.v_u * cu + c.v_v * cv + kGrey);
    light[2 * x] = light[2 * x + 1] = c.luma_u * cu + c.luma_v * cv;
  }
}

void LumaRow(const ColorChange& change, const std::uint8_t* y, const std::int32_t* light, int width, std::uint8_t* out) {
  const std::int32_t scale = change.luma;
  KINETONE_INDEPENDENT
  for (int x = 0; x < width; ++x) out[x] = Byte(scale * (y[x] - 16) + light[x] + kHalf);
}

}  // namespace

extern const PictureColorKernels kPictureColorRows = {ChromaRow, LumaRow};

}  // namespace kinetone::vision::KINETONE_SIMD

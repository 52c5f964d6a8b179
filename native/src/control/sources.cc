#include "control/sources.h"

#include <cstdint>

#include "dsp/math.h"

namespace kinetone::control {
namespace {

using dsp::Clamp;
using vision::FeatureRow;

struct Hsv {
  float hue, saturation, chroma;
};

Hsv HsvOf(float packed) {
  const auto rgb = static_cast<std::uint32_t>(Clamp(packed, 0.0f, 16777215.0f));
  const float r = static_cast<float>(rgb >> 16 & 255u) / 255.0f;
  const float g = static_cast<float>(rgb >> 8 & 255u) / 255.0f;
  const float b = static_cast<float>(rgb & 255u) / 255.0f;
  const float high = r > g ? (r > b ? r : b) : (g > b ? g : b);
  const float low = r < g ? (r < b ? r : b) : (g < b ? g : b);
  const float chroma = high - low;
  if (chroma <= 0.0f) return {0.0f, 0.0f, 0.0f};
  float sixths = high == r ? (g - b) / chroma : (high == g ? 2.0f + (b - r) / chroma : 4.0f + (r - g) / chroma);
  if (sixths < 0.0f) sixths += 6.0f;
  return {sixths / 6.0f, chroma / high, chroma};
}

float LumaOf(float packed) {
  const auto rgb = static_cast<std::uint32_t>(Clamp(packed, 0.0f, 16777215.0f));
  return (0.299f * static_cast<float>(rgb >> 16 & 255u) + 0.587f * static_cast<float>(rgb >> 8 & 255u) +
          0.114f * static_cast<float>(rgb & 255u)) / 255.0f;
}

float HueDistance(float a, float b) {
  const float d = a > b ? a - b : b - a;
  return d > 0.5f ? 1.0f - d : d;
}

}  // namespace

void SourceReader::Reset() {
  values_.fill(0.0f);
  Set(Source::kMotionRegionX, 0.5f);
  Set(Source::kMotionRegionY, 0.5f);
  Set(Source::kEdgeBalance, 0.5f);
  has_hue_ = false;
}

void SourceReader::Read(const FeatureRow& raw) {
  FeatureRow row;
  for (std::size_t i = 0; i < row.size(); ++i) {
    row[i] = raw[i] >= -1.0e9f && raw[i] <= 1.0e9f ? raw[i] : 0.0f;  // false for NaN as well
  }
  ReadMotion(row);
  ReadEdges(row);
  ReadColor(row);
  Set(Source::kSceneChange, row[vision::kSceneChange]);
}

void SourceReader::ReadMotion(const FeatureRow& row) {
  Set(Source::kMotionMagnitude, row[vision::kMagnitude]);
  float x = 0.0f, y = 0.0f;
  for (std::size_t bin = 0; bin < vision::kDirectionBins; ++bin) {
    const float turn = static_cast<float>(bin) / static_cast<float>(vision::kDirectionBins);
    x += row[vision::kDirection + bin] * dsp::CosCycles(turn);
    y += row[vision::kDirection + bin] * dsp::SinCycles(turn);
  }
  Set(Source::kMotionDirectionX, x);
  Set(Source::kMotionDirectionY, y);
  Set(Source::kMotionCoherence, dsp::Sqrt(x * x + y * y));

  float count = 0.0f, weights = 0.0f, centre_x = 0.0f, centre_y = 0.0f;
  for (std::size_t slot = 0; slot < vision::kRegions; ++slot) {
    const float* region = &row[vision::kRegion + slot * 5];
    if (!(region[4] > 0.0f)) continue;
    count += 1.0f;
    const float weight = region[4] * region[2] * region[3];
    weights += weight;
    centre_x += weight * (region[0] + 0.5f * region[2]);
    centre_y += weight * (1.0f - region[1] - 0.5f * region[3]);
  }
  Set(Source::kMotionRegions, count);
  Set(Source::kMotionRegionX, weights > 0.0f ? centre_x / weights : 0.5f);
  Set(Source::kMotionRegionY, weights > 0.0f ? centre_y / weights : 0.5f);
}

void SourceReader::ReadEdges(const FeatureRow& row) {
  const float horizontal = row[vision::kHorizontalEdge];
  const float vertical = row[vision::kVerticalEdge];
  Set(Source::kEdgeDensity, row[vision::kEdgeDensity]);
  Set(Source::kEdgeHorizontal, horizontal);
  Set(Source::kEdgeVertical, vertical);
  // A thousandth of full scale is noise, not a direction.
  Set(Source::kEdgeBalance, horizontal + vertical > 0.001f ? horizontal / (horizontal + vertical) : 0.5f);
  Set(Source::kEdgeLines, row[vision::kPattern]);
  Set(Source::kEdgeGrid, row[vision::kPattern + 2]);
  Set(Source::kEdgeTexture, row[vision::kPattern + 4]);
  Set(Source::kEdgeRadial, row[vision::kPattern + 6]);
}

void SourceReader::ReadColor(const FeatureRow& row) {
  const float colorfulness = row[vision::kColorfulness];
  float weights = 0.0f, saturation = 0.0f, luma = 0.0f, luma_squares = 0.0f;
  float best = 0.0f, best_hue = 0.0f;
  for (std::size_t slot = 0; slot < vision::kDominantColors; ++slot) {
    const float packed = row[vision::kColor + slot * 2];
    const float weight = row[vision::kColor + slot * 2 + 1];
    if (!(weight > 0.0f)) continue;
    const Hsv hsv = HsvOf(packed);
    const float l = LumaOf(packed);
    weights += weight;
    saturation += weight * hsv.saturation;
    luma += weight * l;
    luma_squares += weight * l * l;
    // A hue near the present one is preferred by a seventh, so that two equal colours do not flicker.
    const float stay = has_hue_ && HueDistance(hsv.hue, value(Source::kHue)) < 1.0f / 12.0f ? 1.15f : 1.0f;
    const float presence = weight * hsv.chroma * stay;
    if (presence > best) {
      best = presence;
      best_hue = hsv.hue;
    }
  }
  if (best > 0.0f && colorfulness >= kHueColorfulness) {
    Set(Source::kHue, best_hue);
    has_hue_ = true;
  }
  const float mean = weights > 0.0f ? luma / weights : 0.0f;
  const float variance = weights > 0.0f ? luma_squares / weights - mean * mean : 0.0f;
  Set(Source::kSaturation, weights > 0.0f ? saturation / weights : 0.0f);
  Set(Source::kContrast, Clamp(2.0f * dsp::Sqrt(variance > 0.0f ? variance : 0.0f), 0.0f, 1.0f));
  Set(Source::kBrightness, row[vision::kBrightness]);
  Set(Source::kColorfulness, colorfulness);
}

}  // namespace kinetone::control

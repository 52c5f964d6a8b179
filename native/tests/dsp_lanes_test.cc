// The voice kernels: each instruction set gives the same bits, and what a scalar reference gives but for rounding.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <vector>

#include "control_fixtures.h"
#include "dsp/osc/saw_stack.h"
#include "dsp/random.h"
#include "dsp_lanes_reference.h"
#include "rt/dispatch.h"

#include <doctest/doctest.h>

using namespace kinetone;

namespace {

constexpr int kFrames = dsp::kBlockFrames;
constexpr int kLanes = dsp::kVoiceLanes;
using Line = std::vector<float>;

Line Noise(std::uint32_t key, std::size_t frames = kFrames) {
  dsp::Random random(key, 1, 1);
  Line line(frames);
  for (float& x : line) x = random.Bipolar();
  return line;
}

// Runs `render` on every level this machine has and checks that all agree to the bit. Returns what they give.
Line OnEveryLevel(const std::function<Line()>& render) {
  Line first;
  for (const rt::SimdLevel level : rt::AvailableSimdLevels()) {
    const rt::ScopedSimdLevel forced(level);
    Line line = render();
    if (first.empty()) first = line;
    INFO(rt::Name(level));
    REQUIRE(line.size() == first.size());
    CHECK(std::memcmp(line.data(), first.data(), line.size() * sizeof(float)) == 0);
  }
  return first;
}

template <typename Reference>
double Furthest(const Line& line, const Reference& reference) {
  double furthest = 0;
  for (std::size_t i = 0; i < line.size(); ++i) furthest = std::max(furthest, std::fabs(static_cast<double>(line[i]) - static_cast<double>(reference[i])));
  return furthest;
}

// A line of noise for each lane and pointers to them.
struct Lines {
  std::vector<Line> lines;
  const float* pointers[dsp::kVoiceLanes];
  Lines() {
    for (std::uint32_t v = 0; v < kLanes; ++v) lines.push_back(Noise(100 + v));
    for (std::size_t v = 0; v < kLanes; ++v) pointers[v] = lines[v].data();
  }
};

// One lane alone, at `gain` on the left and silent on the right.
dsp::StereoGains Solo(std::size_t lane, float gain) {
  dsp::StereoGains gains;
  gains.left[lane] = gain;
  return gains;
}

dsp::PadLanes SomePad() {
  dsp::PadLanes lanes;
  for (std::size_t v = 0; v < kLanes; ++v) {
    const auto n = static_cast<float>(v);
    const auto coefficients = dsp::SvfCoefficients::Of(0.05f + 0.02f * n, 1.2f);
    lanes.p[v] = coefficients.p;
    lanes.q[v] = coefficients.q;
    lanes.r[v] = coefficients.r;
    lanes.gate[v] = 0.1f * n;
    lanes.gate_keep[v] = 0.99f;
    lanes.gate_add[v] = v % 2 == 0 ? 0.01f : 0.0f;
    lanes.strike[v] = 1.0f;
    lanes.strike_keep[v] = 0.999f;
  }
  return lanes;
}

dsp::PadAims SomePadAims() {
  dsp::PadAims aims;
  aims.damping = 1.1f;
  aims.breath_octaves = 0.5f;
  for (int s = 0; s < dsp::kPadStretches; ++s) {
    aims.cutoff_hz[s] = 900.0f + 300.0f * static_cast<float>(s);
    for (std::size_t v = 0; v < kLanes; ++v) aims.octaves[s][v] = 0.4f * static_cast<float>(v) - 1.0f;
  }
  for (std::size_t v = 0; v < kLanes; ++v) aims.breath[v] = 0.37f * static_cast<float>(v);
  return aims;
}

dsp::WobbleLanes SomeWobble() {
  dsp::WobbleLanes lanes;
  const auto coefficients = dsp::SvfCoefficients::Of(0.03f, 1.3f);
  for (auto* stage : {&lanes.soft, &lanes.sharp}) {
    std::fill_n(stage->p, kLanes, coefficients.p);
    std::fill_n(stage->q, kLanes, coefficients.q);
    std::fill_n(stage->r, kLanes, coefficients.r);
  }
  return lanes;
}

dsp::WobbleAims SomeWobbleAims() {
  dsp::WobbleAims aims;
  for (std::size_t v = 0; v < kLanes; ++v) {
    const auto n = static_cast<float>(v);
    aims.phase[v] = 0.13f * n;
    aims.step[v] = 0.01f * n;
    aims.blend_from[v] = aims.blend_to[v] = 1.0f;
    for (int s = 0; s < dsp::kSubBlocks; ++s) {
      aims.cutoff_hz[s][v] = 100.0f + 80.0f * n;
      aims.depth[s][v] = 4.0f;
      aims.damping[s][v] = 0.2f + 0.1f * n;
    }
  }
  return aims;
}

}  // namespace

TEST_CASE("dsp lanes: saws of one pitch, and of four at once, are the reference's") {
  for (const double frequency : {0.0007, 0.011, 0.09, 0.31}) {
    const Line line = OnEveryLevel([&] {
      dsp::SawStack stack;
      const float ratios[4] = {1.0f, 1.01f, 0.97f, 0.5f};
      dsp::SawTone tones[4];
      for (int saw = 0; saw < 4; ++saw) {
        stack.SetPhase(saw, 0.21f * static_cast<float>(saw));
        tones[saw] = {static_cast<float>(frequency) * ratios[saw], 0.25f * static_cast<float>(saw + 1)};
      }
      Line out;
      for (int block = 0; block < 20; ++block) {
        dsp::SawKernels().render(stack, tones, 4, dsp::BlepTable::Shared());
        out.insert(out.end(), stack.line, stack.line + kFrames);
      }
      return out;
    });
    std::vector<double> sum(line.size(), 0.0);
    for (int saw = 0; saw < 4; ++saw) {
      const double ratio = static_cast<double>(std::vector<float>{1.0f, 1.01f, 0.97f, 0.5f}[static_cast<std::size_t>(saw)]);
      // The pitch as 32-bit fixed point holds it.
      const double held = std::floor(static_cast<double>(static_cast<float>(frequency) * static_cast<float>(ratio)) * 4294967296.0) / 4294967296.0;
      const auto one = test::ReferenceSaw(static_cast<double>(0.21f * static_cast<float>(saw)), held, line.size());
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += 0.25 * (saw + 1) * one[i];
    }
    INFO(frequency);
    CHECK(Furthest(line, sum) < 2e-5);
  }
}

TEST_CASE("dsp lanes: a gliding saw goes the same way on every instruction set") {
  OnEveryLevel([] {
    dsp::SawStack stack;
    Line out;
    for (int block = 0; block < 200; ++block) {
      const dsp::SawTone tone{0.001f * static_cast<float>(1 + (block * 37) % 400), 1.0f};
      dsp::SawKernels().render(stack, &tone, 1, dsp::BlepTable::Shared());
      out.insert(out.end(), stack.line, stack.line + kFrames);
    }
    return out;
  });
}

TEST_CASE("dsp lanes: each of the pad's slots is the reference's") {
  const Lines in;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const Line line = OnEveryLevel([&] {
      dsp::PadLanes lanes = SomePad();
      dsp::PadAims aims = SomePadAims();
      aims.gains = Solo(lane, 0.5f);
      alignas(64) float left[kFrames] = {}, right[kFrames] = {};
      dsp::PadKernels().render(lanes, aims, 0xffffu, in.pointers, left, right);
      return Line(left, left + kFrames);
    });
    INFO("lane " << lane);
    CHECK(Furthest(line, test::ReferencePad(SomePad(), SomePadAims(), in.pointers[lane], lane)) < 2e-6);
  }
}

TEST_CASE("dsp lanes: each of the wobble's voices is the reference's") {
  const Lines in;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const Line line = OnEveryLevel([&] {
      dsp::WobbleLanes lanes = SomeWobble();
      dsp::WobbleAims aims = SomeWobbleAims();
      aims.gains = Solo(lane, 0.25f);
      alignas(64) float left[kFrames] = {}, right[kFrames] = {}, wobble[dsp::kSubBlocks][kLanes];
      dsp::WobbleKernels().render(lanes, aims, kLanes, in.pointers, left, right, wobble);
      return Line(left, left + kFrames);
    });
    INFO("lane " << lane);
    CHECK(Furthest(line, test::ReferenceWobble(SomeWobble(), SomeWobbleAims(), in.pointers[lane], lane)) < 5e-6);
  }
}

TEST_CASE("dsp lanes: all voices mix to the sum of each, also while their gains move") {
  const Lines in;
  const auto render = [&](std::size_t first, std::size_t end, bool is_moving) {
    dsp::PadLanes lanes = SomePad();
    dsp::PadAims aims = SomePadAims();
    aims.gains.is_moving = is_moving;
    for (std::size_t v = first; v < end; ++v) {
      aims.gains.left[v] = 0.1f;
      aims.gains.right[v] = 0.05f * static_cast<float>(v);
      aims.gains.left_step[v] = is_moving ? 0.002f : 0.0f;
    }
    alignas(64) float sound[2][kFrames] = {};
    dsp::PadKernels().render(lanes, aims, 0xffffu, in.pointers, sound[0], sound[1]);
    return Line(sound[0], sound[0] + 2 * kFrames);
  };
  for (const bool is_moving : {false, true}) {
    const Line whole = OnEveryLevel([&] { return render(0, kLanes, is_moving); });
    Line sum(2 * kFrames, 0.0f);
    for (std::size_t v = 0; v < kLanes; ++v) {
      const Line one = render(v, v + 1, is_moving);
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += one[i];
    }
    CHECK(Furthest(whole, sum) < 1e-6);
  }
}

TEST_CASE("dsp lanes: the bass's drive, clip and sub are the reference's") {
  const Line line = OnEveryLevel([] {
    dsp::BassDrive drive;
    for (int s = 0; s <= dsp::kSubBlocks; ++s) {
      const auto n = static_cast<float>(s);
      drive.drive[s] = 1.0f + 2.0f * n;
      drive.level[s] = 0.5f - 0.1f * n;
      drive.sub[s] = 0.1f * n;
      drive.pan_left[s] = 1.0f - 0.1f * n;
      drive.pan_right[s] = 0.8f + 0.05f * n;
    }
    drive.sub_phase = 0.4f;
    drive.sub_frequency = 0.0011f;
    drive.clip_x[0] = 0.3f;
    drive.clip_root[0] = dsp::Sqrt(1.09f);
    Line both = Noise(7, 2 * kFrames), reference = both;
    test::ReferenceDrive(drive, reference.data(), reference.data() + kFrames);
    dsp::BassDriveKernels().process(drive, both.data(), both.data() + kFrames);
    CHECK(Furthest(both, reference) < 2e-6);
    return both;
  });
  CHECK(line.size() == 2 * kFrames);
}

TEST_CASE("dsp lanes: a frequency-modulated note is the reference's and goes on where it stopped") {
  const Line line = OnEveryLevel([] {
    dsp::FmTone tone{0.1f, 0.009f, 0.2f, 0.03f, 0.3f, 0.07f, 0.3f, 0.995f, 0.5f, 0.99f};
    const Line reference = test::ReferenceFm(tone);
    alignas(64) float out[kFrames];
    dsp::PadKernels().modulate(tone, out);
    CHECK(Furthest(Line(out, out + kFrames), reference) < 3e-6);
    CHECK(tone.index == doctest::Approx(0.3 * std::pow(0.995, 64)).epsilon(1e-4));
    CHECK(tone.level == doctest::Approx(0.5 * std::pow(0.99, 64)).epsilon(1e-4));
    return Line(out, out + kFrames);
  });
  CHECK(line.size() == kFrames);
}

TEST_CASE("dsp lanes: a stroke's noise is its hash, level for level, and white") {
  const Line line = OnEveryLevel([] {
    Line out(1024 * kFrames);
    const Line level(kFrames, 1.0f);
    for (std::uint32_t block = 0; block < 1024; ++block) dsp::StrokeKernels().excite(0xfffff000u + block * kFrames, 1.0f, nullptr, level.data(), out.data() + block * kFrames);
    return out;
  });
  double mean = 0, power = 0, neighbours = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    REQUIRE(line[i] == test::ReferenceNoise(0xfffff000u + static_cast<std::uint32_t>(i)));
    const auto x = static_cast<double>(line[i]);
    mean += x;
    power += x * x;
    if (i > 0) neighbours += x * static_cast<double>(line[i - 1]);
  }
  const auto count = static_cast<double>(line.size());
  CHECK(std::fabs(mean / count) < 0.01);
  CHECK(power / count == doctest::Approx(1.0 / 3).epsilon(0.02));
  CHECK(std::fabs(neighbours / count) < 0.01);
}

TEST_CASE("dsp lanes: a stroke's metal is the reference's, under its level") {
  const Line line = OnEveryLevel([] {
    const dsp::MetalPartials metal{{0.1f, 0.2f}, {0.08f, 0.14f}, {0.3f, 0.4f}, {0.11f, 0.17f}, 0.5f, 0.42f};
    Line level(kFrames), out(kFrames), reference;
    for (int i = 0; i < kFrames; ++i) {
      const auto n = static_cast<float>(i);
      level[static_cast<std::size_t>(i)] = 1.0f - 0.01f * n;
      float sum = 0.0f;
      for (int pair = 0; pair < 2; ++pair) {
        sum += dsp::SinCycles(metal.carrier[pair] + metal.carrier_step[pair] * n + metal.index * dsp::SinCycles(metal.modulator[pair] + metal.modulator_step[pair] * n));
      }
      reference.push_back(level[static_cast<std::size_t>(i)] * (metal.level * sum + 0.25f * test::ReferenceNoise(77u + static_cast<std::uint32_t>(i))));
    }
    dsp::StrokeKernels().excite(77, 0.25f, &metal, level.data(), out.data());
    CHECK(Furthest(out, reference) < 3e-6);
    return out;
  });
  CHECK(line.size() == kFrames);
}

TEST_CASE("dsp lanes: a skin's tone is the reference's, driven or not, and a first block may be short") {
  for (const float drive : {0.0f, 3.0f}) {
    const Line line = OnEveryLevel([&] {
      dsp::SkinTone tone;
      tone.increment = 0.0012f;
      tone.phase = 0.3f;
      tone.second_phase = 0.6f;
      tone.sweep = 2.6f;
      tone.sweep_keep = 0.99f;
      tone.level = 0.9f;
      tone.level_keep = 0.995f;
      tone.second_ratio = 1.6f;
      tone.second = 0.5f;
      tone.drive = drive;
      const Line reference = test::ReferenceTone(tone);
      dsp::SkinTone cut = tone;
      alignas(64) float out[kFrames], first[kFrames], rest[kFrames];
      dsp::StrokeKernels().tone(tone, kFrames, out);
      CHECK(Furthest(Line(out, out + kFrames), reference) < 5e-6);
      // 23 frames now and the others in the next block are the same tone.
      dsp::StrokeKernels().tone(cut, 23, first);
      dsp::StrokeKernels().tone(cut, kFrames, rest);
      CHECK(Furthest(Line(first, first + 23), out) < 1e-6);
      CHECK(Furthest(Line(rest, rest + kFrames - 23), Line(out + 23, out + kFrames)) < 1e-5);
      return Line(out, out + kFrames);
    });
    CHECK(line.size() == kFrames);
  }
}

TEST_CASE("dsp lanes: strokes go through low-pass, band-pass and high-pass as the scalar filter does, and a share to the room") {
  const Lines in;
  const auto coefficients = dsp::SvfCoefficients::Of(0.2f, 0.9f);
  for (int kind = 0; kind < 3; ++kind) {
    const Line line = OnEveryLevel([&] {
      dsp::StrokeLanes lanes;
      std::fill_n(lanes.p, kLanes, coefficients.p);
      std::fill_n(lanes.q, kLanes, coefficients.q);
      std::fill_n(lanes.r, kLanes, coefficients.r);
      lanes.direct[3] = kind == 2 ? 1.0f : 0.0f;
      lanes.band[3] = 0.5f * coefficients.k * (kind == 0 ? 0.0f : (kind == 1 ? 1.0f : -1.0f));
      lanes.low[3] = kind == 0 ? 0.5f : (kind == 1 ? 0.0f : -0.5f);
      lanes.room[3] = 0.25f;
      const float* tones[kLanes] = {};
      alignas(64) float sound[4][kFrames] = {};
      dsp::StrokeKernels().render(lanes, kLanes, in.pointers, tones, Solo(3, 1.0f), {sound[0], sound[1]}, {sound[2], sound[3]});
      for (int i = 0; i < kFrames; ++i) REQUIRE(sound[2][i] == 0.25f * sound[0][i]);
      return Line(sound[0], sound[0] + kFrames);
    });
    dsp::Svf filter;
    Line reference;
    for (int i = 0; i < kFrames; ++i) {
      const float x = in.pointers[3][i];
      reference.push_back(kind == 0 ? filter.LowPass(x, coefficients) : (kind == 1 ? filter.BandPass(x, coefficients) : filter.HighPass(x, coefficients)));
    }
    CHECK(Furthest(line, reference) < 2e-6);
  }
}

TEST_CASE("dsp lanes: the whole engine gives the same bits on every instruction set") {
  for (int variant = 0; variant < 6; ++variant) {
    const Line sound = OnEveryLevel([&] {
      auto mapping = test::PlainMapping();
      mapping.bass = static_cast<control::BassShape>(variant);
      mapping.kit = static_cast<control::Kit>(variant);
      mapping.pad = static_cast<control::PadShape>(variant);
      control::SonifyEngine engine({}, test::Shared(mapping));
      std::vector<control::FeatureEvent> film;
      for (int i = 0; i < 50; ++i) {
        const float t = static_cast<float>(i) / 50.0f;
        film.push_back({i * 1600, test::RowOf({.motion = t, .density = 1.0f - 0.5f * t, .brightness = t, .colorfulness = 0.8f, .color = i < 25 ? 0xff2010u : 0x1060ffu, .cut = i == 30})});
      }
      engine.PushFeatures(film.data(), film.size());
      constexpr std::size_t kSamples = 80000;
      Line out((2 + dsp::kStemChannels) * kSamples);
      engine.Render(kSamples, out.data(), out.data() + 2 * kSamples);
      return out;
    });
    CHECK(*std::max_element(sound.begin(), sound.end()) > 0.05f);
  }
}

// What synthesis costs, as JSON lines for scripts/bench/synthesis.ts: `synthesis_speed <voice> <count>` the voice-seconds per
// CPU-second of the engine's banks (wobble, percussion, pad), `synthesis_speed patch` the default patch's share of a core and the
// CPU time of the engine's 64-frame blocks, in the middle and at the 99.9th percentile, for the busiest of its sounds.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "control/sonify_engine.h"
#include "dsp/voice/bass.h"
#include "dsp/voice/kits.h"
#include "dsp/voice/pad.h"
#include "dsp/voice/stroke_bank.h"
#include "rt/denormals.h"

namespace {

using namespace kinetone;

constexpr double kRate = 48000.0;
constexpr int kBlock = dsp::kBlockFrames;

// CPU time of this thread alone, where the system counts it.
double ThreadSeconds() {
#if defined(CLOCK_THREAD_CPUTIME_ID)
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
#else
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
#endif
}

double CpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// CPU time of `blocks` blocks of work, caches and branches warm.
template <typename Work>
double Timed(int blocks, Work&& work) {
  for (int b = 0; b < blocks / 10; ++b) work(b);
  const double start = CpuSeconds();
  for (int b = 0; b < blocks; ++b) work(b);
  return CpuSeconds() - start;
}

// Voice-seconds per CPU-second.
void Report(const char* voice, int voices, int blocks, double cpu_seconds) {
  std::printf(R"({"voice":"%s","voices":%d,"speed":%.0f})" "\n", voice, voices, voices * (blocks * kBlock / kRate) / cpu_seconds);
}

control::Mapping DefaultPatch() {
  control::Mapping mapping;
  for (std::size_t p = 0; p < control::kParameterCount; ++p) mapping.resting[p] = control::kParameters[p].rest;
  const auto rest = [&](control::Parameter parameter, float value) { At(mapping.resting, parameter) = value; };
  rest(control::Parameter::kBassIntensity, 0.7f);
  rest(control::Parameter::kModulationRate, 4.0f);
  rest(control::Parameter::kRhythmComplexity, 0.7f);
  rest(control::Parameter::kPadLevel, 0.7f);
  rest(control::Parameter::kPadVoices, 5.0f);
  mapping.compression = 0.5f;
  return mapping;
}

void BenchBass(int voices) {
  const auto mapping = DefaultPatch();
  std::vector<std::unique_ptr<dsp::BassVoice>> bank;
  for (int v = 0; v < voices; ++v) {
    bank.push_back(std::make_unique<dsp::BassVoice>());
    bank.back()->Init(static_cast<float>(kRate), static_cast<std::uint32_t>(v));
  }
  dsp::SynthParameters parameters;
  parameters.from = parameters.to = mapping.resting;
  control::ControlBlock block;
  block.wobble.increment = 0.005f;
  float out[2 * kBlock];
  const int blocks = 400000 / voices;
  Report("bass", voices, blocks, Timed(blocks, [&](int) {
           for (float& x : out) x = 0.0f;
           block.wobble.phase += block.wobble.increment;
           for (auto& voice : bank) voice->Render(block, mapping, parameters, out);
         }));
}

void BenchDrums(int voices) {
  dsp::StrokeBank bank;
  bank.Init(static_cast<float>(kRate), static_cast<std::size_t>(voices));
  // A drum that is noise, band-pass and envelope.
  const dsp::DrumSpec& drum = dsp::KitOf(control::Kit::kHand).drums[static_cast<std::size_t>(control::Drum::kClosedHat)];
  const int blocks = 400000 / voices;
  float out[2 * kBlock], room[2 * kBlock];
  Report("percussion", voices, blocks, Timed(blocks, [&](int b) {
           for (float& x : out) x = 0.0f;
           for (float& x : room) x = 0.0f;
           for (std::size_t v = 0; v < static_cast<std::size_t>(voices); ++v) {
             if (b % 50 == 0) bank[v].Trigger(drum, {}, dsp::Random(1, 2, v), 0);
           }
           bank.Render(1.0f, 1.0f, out, room);
         }));
}

// What the bass plays its saws in, each lane a voice of its own.
void BenchWobble(int voices) {
  struct Group {
    dsp::SawStack saws[dsp::kVoiceLanes];
    dsp::WobbleLanes lanes;
    dsp::WobbleAims aims;
  };
constexpr int kLanes = dsp::kVoiceLanes;
    std::vector<Group> groups(static_cast<std::size_t>(voices + kLanes - 1) / kLanes);
  for (std::size_t v = 0; v < static_cast<std::size_t>(voices); ++v) {
    dsp::WobbleAims& aims = groups[v / kLanes].aims;
    for (int s = 0; s < dsp::kSubBlocks; ++s) {
      aims.cutoff_hz[s][v % kLanes] = 400.0f;
      aims.depth[s][v % kLanes] = 3.0f;
      aims.damping[s][v % kLanes] = 0.3f;
    }
    aims.step[v % kLanes] = 0.005f + 0.0001f * static_cast<float>(v);
    aims.blend_from[v % kLanes] = aims.blend_to[v % kLanes] = 1.0f;
    aims.gains.left[v % kLanes] = aims.gains.right[v % kLanes] = 0.1f;
  }
  const int blocks = 400000 / voices;
  alignas(64) float left[kBlock], right[kBlock], wobble[dsp::kSubBlocks][kLanes];
  static const float silence[kBlock] = {};
  const auto& table = dsp::BlepTable::Shared();
  Report("wobble", voices, blocks, Timed(blocks, [&](int) {
           for (float& x : left) x = 0.0f;
           for (float& x : right) x = 0.0f;
           for (Group& group : groups) {
             const float* lines[kLanes];
             const int count = voices < kLanes ? voices : kLanes;
             for (int lane = 0; lane < count; ++lane) {
               const dsp::SawTone tone{(55.0f + 3.1f * static_cast<float>(lane)) / 48000.0f, 0.5f};
               dsp::SawKernels().render(group.saws[lane], &tone, 1, table);
               lines[lane] = group.saws[lane].line;
               group.aims.phase[lane] += group.aims.step[lane];
               if (group.aims.phase[lane] >= 1.0f) group.aims.phase[lane] -= 1.0f;
             }
             for (int lane = count; lane < kLanes; ++lane) lines[lane] = silence;
             dsp::WobbleKernels().render(group.lanes, group.aims, count, lines, left, right, wobble);
           }
         }));
}

void BenchPads(int notes) {
  // All sixteen slots sound while one chord fades into the next.
  const int each = notes < control::kPadSlots ? notes : control::kPadSlots, machines = notes / each;
  std::vector<std::unique_ptr<dsp::PadVoices>> bank;
  const auto mapping = DefaultPatch();
  dsp::SynthParameters parameters;
  parameters.from = parameters.to = mapping.resting;
  control::ControlBlock block;
  for (int m = 0; m < machines; ++m) {
    bank.push_back(std::make_unique<dsp::PadVoices>());
    bank.back()->Init(static_cast<float>(kRate), static_cast<std::uint32_t>(m));
  }
  for (int n = 0; n < each; ++n) block.events[static_cast<std::size_t>(n)] = {control::NoteKind::kPadOn, 0, n, 45.0f + 2.4f * static_cast<float>(n), 1.0f, true};
  float out[2 * kBlock];
  block.event_count = each;
  for (auto& pads : bank) pads->Render(block, dsp::kPadShapes[3], parameters, out);
  block.event_count = 0;
  const int blocks = 400000 / notes;
  Report("pad", each * machines, blocks, Timed(blocks, [&](int) {
           for (float& x : out) x = 0.0f;
           for (auto& pads : bank) pads->Render(block, dsp::kPadShapes[3], parameters, out);
         }));
}

double PatchShare() {
  control::SonifyEngine engine({}, std::make_unique<const control::Mapping>(DefaultPatch()));
  constexpr std::size_t kFrames = 48000;
  std::vector<float> master(2 * kFrames), stems(dsp::kStemChannels * kFrames);
  engine.Render(kFrames, master.data(), stems.data());
  return Timed(10, [&](int) { engine.Render(kFrames, master.data(), stems.data()); }) / 10;
}

// Of one sound at full activity, everything moving; in microseconds of this thread's CPU time, which leaves out what other
// programs take.
struct BlockTimes {
  double middle, worst;  // worst: 99.9th percentile
};

BlockTimes TimeBlocks(int sound) {
  auto mapping = DefaultPatch();
  mapping.bass = static_cast<control::BassShape>(sound);
  mapping.kit = static_cast<control::Kit>(sound);
  mapping.pad = static_cast<control::PadShape>(sound);
  At(mapping.resting, control::Parameter::kBassIntensity) = 1.0f;
  At(mapping.resting, control::Parameter::kRhythmComplexity) = 1.0f;
  At(mapping.resting, control::Parameter::kPadVoices) = 8.0f;
  mapping.master_gain_db = 6.0f;
  float master[2 * kBlock], stems[dsp::kStemChannels * kBlock];
  std::vector<double> times(16000, 1e9);
  // The same sound three times, and of each block the quickest: what is left is the engine's own, not an interrupt's.
  for (int run = 0; run < 3; ++run) {
    control::SonifyEngine engine({}, std::make_unique<const control::Mapping>(mapping));
    engine.Render(kBlock, master, stems);
    for (double& time : times) {
      const double start = ThreadSeconds();
      engine.Render(kBlock, master, stems);
      time = std::min(time, (ThreadSeconds() - start) * 1e6);
    }
  }
  std::sort(times.begin(), times.end());
  return {times[times.size() / 2], times[times.size() * 999 / 1000]};
}

void BenchPatch() {
  std::printf(R"({"patch_share":%.5f})" "\n", PatchShare());
  BlockTimes busiest{0, 0};
  for (int sound = 0; sound < 6; ++sound) {
    const BlockTimes times = TimeBlocks(sound);
    if (times.worst > busiest.worst) busiest = times;
  }
  std::printf(R"({"block_us":%.2f,"block_us_p999":%.2f})" "\n", busiest.middle, busiest.worst);
}

}  // namespace

int main(int argc, char** argv) {
  const kinetone::rt::ScopedFlushDenormals flush;
  const std::string voice = argc > 1 ? argv[1] : "";
  const int count = argc > 2 ? std::atoi(argv[2]) : 8;
  if (voice == "wobble") {
    BenchWobble(count);
  } else if (voice == "percussion") {
    BenchDrums(count);
  } else if (voice == "pad") {
    BenchPads(count);
  } else if (voice == "bass") {
    BenchBass(count);
  } else {
    BenchPatch();
  }
  return 0;
}

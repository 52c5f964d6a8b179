// What synthesis costs: voice-seconds per CPU-second of each voice, and the default patch's share of a core.
// Prints one line per measure, for npm run bench to read; nothing is asserted here.
#include <chrono>
#include <cstdio>
#include <ctime>
#include <memory>
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

double CpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// Runs `blocks` blocks of work five times and keeps the quickest.
template <typename Work>
double Quickest(int blocks, Work&& work) {
  double best = 1e9;
  for (int run = 0; run < 5; ++run) {
    const double start = CpuSeconds();
    for (int b = 0; b < blocks; ++b) work(b);
    const double took = CpuSeconds() - start;
    if (took < best) best = took;
  }
  return best;
}

void Report(const char* name, int voices, int blocks, double cpu_seconds) {
  const double audio_seconds = blocks * kBlock / kRate;
  std::printf(R"({"what":"synthesis, %s, %d voices","ours":"%.0f voice-seconds per CPU-second","peer":"-","ratio":null,"bar":"issue B"})" "\n", name, voices, voices * audio_seconds / cpu_seconds);
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
  const int blocks = 24000 / voices + 100;
  Report("wobble bass", voices, blocks, Quickest(blocks, [&](int) {
           for (float& x : out) x = 0.0f;
           block.wobble.phase += block.wobble.increment;
           for (auto& voice : bank) voice->Render(block, mapping, parameters, out);
         }));
}

void BenchDrums(int voices) {
  dsp::StrokeBank bank;
  bank.Init(static_cast<float>(kRate), static_cast<std::size_t>(voices));
  const auto& kit = dsp::KitOf(control::Kit::kHouse);
  const int blocks = 96000 / voices + 100;
  float out[2 * kBlock], room[2 * kBlock];
  Report("percussion (band-passed noise)", voices, blocks, Quickest(blocks, [&](int b) {
           for (float& x : out) x = 0.0f;
           for (float& x : room) x = 0.0f;
           for (std::size_t v = 0; v < static_cast<std::size_t>(voices); ++v) {
             if (b % 50 == 0) bank[v].Trigger(kit.drums[2], {}, dsp::Random(1, 2, v), 0);
           }
           bank.Render(1.0f, 1.0f, out, room);
         }));
}

// What the bass plays its saws in, each lane a voice of its own.
void BenchWobble(int voices) {
  struct Group {
    dsp::SawStack saws[8];
    dsp::WobbleLanes lanes;
    dsp::WobbleAims aims;
  };
  std::vector<Group> groups(static_cast<std::size_t>(voices + 7) / 8);
  for (std::size_t v = 0; v < static_cast<std::size_t>(voices); ++v) {
    dsp::WobbleAims& aims = groups[v / 8].aims;
    for (int s = 0; s < dsp::kSubBlocks; ++s) {
      aims.cutoff_hz[s][v % 8] = 400.0f;
      aims.depth[s][v % 8] = 3.0f;
      aims.damping[s][v % 8] = 0.3f;
    }
    aims.step[v % 8] = 0.005f + 0.0001f * static_cast<float>(v);
    aims.blend_from[v % 8] = aims.blend_to[v % 8] = 1.0f;
    aims.gains.left[v % 8] = aims.gains.right[v % 8] = 0.1f;
  }
  const int blocks = 96000 / voices + 100;
  alignas(32) float left[kBlock], right[kBlock], wobble[dsp::kSubBlocks][8];
  const auto& table = dsp::BlepTable::Shared();
  Report("wobble (saw, resonant low-pass, LFO)", voices, blocks, Quickest(blocks, [&](int) {
           for (float& x : left) x = 0.0f;
           for (float& x : right) x = 0.0f;
           for (Group& group : groups) {
             const float* lines[8];
             for (int lane = 0; lane < 8; ++lane) {
               const dsp::SawTone tone{(55.0f + 3.1f * static_cast<float>(lane)) / 48000.0f, 0.5f};
               dsp::SawKernels().render(group.saws[lane], &tone, 1, table);
               lines[lane] = group.saws[lane].line;
               group.aims.phase[lane] += group.aims.step[lane];
               if (group.aims.phase[lane] >= 1.0f) group.aims.phase[lane] -= 1.0f;
             }
             dsp::WobbleKernels().render(group.lanes, group.aims, lines, left, right, wobble);
           }
         }));
}

void BenchPads(int notes) {
  const int machines = (notes + 7) / 8;
  std::vector<std::unique_ptr<dsp::PadVoices>> bank;
  const auto mapping = DefaultPatch();
  dsp::SynthParameters parameters;
  parameters.from = parameters.to = mapping.resting;
  control::ControlBlock block;
  for (int m = 0; m < machines; ++m) {
    bank.push_back(std::make_unique<dsp::PadVoices>());
    bank.back()->Init(static_cast<float>(kRate), static_cast<std::uint32_t>(m));
  }
  for (int n = 0; n < 8; ++n) block.events[static_cast<std::size_t>(n)] = {control::NoteKind::kPadOn, 0, n, 55.0f + 3.0f * static_cast<float>(n), 1.0f, true};
  float out[2 * kBlock];
  block.event_count = 8;
  for (auto& pads : bank) pads->Render(block, dsp::kPadShapes[3], parameters, out);
  block.event_count = 0;
  const int blocks = 96000 / notes + 100;
  Report("pad (three saws, low-pass)", 8 * machines, blocks, Quickest(blocks, [&](int) {
           for (float& x : out) x = 0.0f;
           for (auto& pads : bank) pads->Render(block, dsp::kPadShapes[3], parameters, out);
         }));
}

void BenchPatch() {
  control::SonifyEngine engine({}, std::make_unique<const control::Mapping>(DefaultPatch()));
  constexpr std::size_t kFrames = 48000;
  std::vector<float> master(2 * kFrames), stems(dsp::kStemChannels * kFrames);
  engine.Render(kFrames, master.data(), stems.data());
  const double cpu = Quickest(5, [&](int) { engine.Render(kFrames, master.data(), stems.data()); });
  std::printf(R"({"what":"synthesis, default patch at 48 kHz","ours":"%.2f %% of a core","peer":"real time","ratio":%.4f,"bar":"<= 1 %%"})" "\n", cpu / 5 * 100, cpu / 5);
}

}  // namespace

int main() {
  const kinetone::rt::ScopedFlushDenormals flush;
  for (int voices : {1, 8, 64}) BenchBass(voices);
  for (int voices : {8, 64}) BenchWobble(voices);
  for (int voices : {1, 8, 64}) BenchDrums(voices);
  for (int voices : {8, 64}) BenchPads(voices);
  BenchPatch();
  return 0;
}

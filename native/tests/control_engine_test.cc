// The engine as a whole: the same bits whatever the block size, events in their place, extremes survived.
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "control_fixtures.h"
#include "dsp/random.h"
#include "dsp_spectrum.h"
#include "rt/denormals.h"

#include <doctest/doctest.h>

using namespace kinetone;

namespace {

struct Sound {
  std::vector<float> master, stems;
  bool operator==(const Sound& other) const {
    // Bits, not values: -0 is not 0 here.
    return master.size() == other.master.size() && std::memcmp(master.data(), other.master.data(), master.size() * sizeof(float)) == 0 &&
           std::memcmp(stems.data(), other.stems.data(), stems.size() * sizeof(float)) == 0;
  }
};

std::vector<control::FeatureEvent> LivelyFilm(double seconds, std::int64_t start = 0) {
  std::vector<control::FeatureEvent> events;
  dsp::Random random(3, 1, 0);
  for (int frame = 0; frame < seconds * 25; ++frame) {
    const float t = static_cast<float>(frame) / 25.0f;
    events.push_back({start + frame * 1920, test::RowOf({.motion = 0.5f + 0.4f * static_cast<float>(std::sin(t * 2)),
                                                         .density = random.Uniform(),
                                                         .brightness = 0.6f,
                                                         .colorfulness = 0.5f,
                                                         .color = frame % 50 < 25 ? 0xff8020u : 0x2040ffu,
                                                         .cut = frame % 37 == 20})});
  }
  return events;
}

Sound Render(control::SonifyEngine& engine, std::size_t frames, const std::vector<std::size_t>& blocks) {
  Sound sound{std::vector<float>(2 * frames), std::vector<float>(dsp::kStemChannels * frames)};
  for (std::size_t done = 0, turn = 0; done < frames; ++turn) {
    const std::size_t count = std::min(blocks[turn % blocks.size()], frames - done);
    engine.Render(count, sound.master.data() + 2 * done, sound.stems.data() + dsp::kStemChannels * done);
    done += count;
  }
  return sound;
}

Sound RenderFilm(const control::EngineOptions& options, const control::Mapping& mapping, std::size_t frames, const std::vector<std::size_t>& blocks) {
  control::SonifyEngine engine(options, test::Shared(mapping));
  const auto film = LivelyFilm(4, options.start);
  engine.PushFeatures(film.data(), film.size());
  return Render(engine, frames, blocks);
}

}  // namespace

TEST_CASE("control engine: any block size gives the same bits") {
  const auto mapping = test::PlainMapping();
  const Sound whole = RenderFilm({}, mapping, 96000, {96000});
  for (const auto& blocks : std::vector<std::vector<std::size_t>>{{1}, {64}, {4096}, {63, 65, 1, 7, 1000}, {256}}) {
    CHECK(RenderFilm({}, mapping, 96000, blocks) == whole);
  }
  CHECK(test::RmsDb(whole.master.data(), whole.master.size()) > -40);
}

TEST_CASE("control engine: features pushed piece by piece in time give the same bits as all at once") {
  const auto mapping = test::PlainMapping();
  const auto film = LivelyFilm(2);
  const Sound whole = RenderFilm({}, mapping, 48000, {48000});
  control::SonifyEngine engine({}, test::Shared(mapping));
  Sound sound{std::vector<float>(2 * 48000), std::vector<float>(dsp::kStemChannels * 48000)};
  std::size_t next = 0;
  for (std::size_t done = 0; done < 48000; done += 480) {
    const auto due = static_cast<std::int64_t>(done + 480 + engine.lookahead_frames());
    std::size_t end = next;
    while (end < film.size() && film[end].position <= due) ++end;
    engine.PushFeatures(film.data() + next, end - next);
    next = end;
    CHECK(engine.queued_features() < 5);
    engine.Render(480, sound.master.data() + 2 * done, sound.stems.data() + dsp::kStemChannels * done);
  }
  CHECK(sound == whole);
}

TEST_CASE("control engine: the same seed gives the same bits, another seed another sound") {
  const auto mapping = test::PlainMapping();
  CHECK(RenderFilm({.seed = 5}, mapping, 24000, {512}) == RenderFilm({.seed = 5}, mapping, 24000, {64}));
  CHECK_FALSE(RenderFilm({.seed = 5}, mapping, 24000, {512}) == RenderFilm({.seed = 6}, mapping, 24000, {512}));
}

TEST_CASE("control engine: adding or changing one voice leaves the bits of the others") {
  auto mapping = test::PlainMapping();
  const Sound before = RenderFilm({}, mapping, 48000, {4800});
  mapping.pad = control::PadShape::kGlass;
  const Sound other_pad = RenderFilm({}, mapping, 48000, {4800});
  mapping = test::PlainMapping();
  mapping.bass = control::BassShape::kAcid;
  const Sound other_bass = RenderFilm({}, mapping, 48000, {4800});
  const auto channels_equal = [&](const Sound& other, std::size_t first) {
    for (std::size_t i = 0; i < 48000; ++i) {
      if (std::memcmp(&before.stems[6 * i + first], &other.stems[6 * i + first], 2 * sizeof(float)) != 0) return false;
    }
    return true;
  };
  CHECK(channels_equal(other_pad, 0));
  CHECK(channels_equal(other_pad, 2));
  CHECK_FALSE(channels_equal(other_pad, 4));
  CHECK_FALSE(channels_equal(other_bass, 0));
  CHECK(channels_equal(other_bass, 2));
  CHECK(channels_equal(other_bass, 4));
}

TEST_CASE("control engine: the stems add up to the premaster bit for bit, whatever faders, pan and solo say") {
  auto mapping = test::PlainMapping();
  mapping.compression = 0;  // nothing between premaster and output but a limiter that has nothing to do
  mapping.strips = {{{-12, -0.4f, false, false}, {-9, 0.2f, false, false}, {-10, 0.0f, false, false}}};
  for (int variant = 0; variant < 3; ++variant) {
    mapping.strips[1].solo = variant == 1;
    mapping.strips[2].mute = variant == 2;
    const Sound sound = RenderFilm({}, mapping, 48000, {960});
    bool is_sum = true;
    for (std::size_t i = 0; i < 48000; ++i) {
      for (std::size_t c = 0; c < 2; ++c) {
        const float* stem = &sound.stems[6 * i + c];
        is_sum &= (stem[0] + stem[2]) + stem[4] == sound.master[2 * i + c];
      }
    }
    CHECK(is_sum);
    const auto silent = [&](std::size_t first) { return test::RmsDb(sound.stems.data() + first, 48000, 6) < -200; };
    CHECK(silent(0) == (variant == 1));
    CHECK_FALSE(silent(2));
    CHECK(silent(4) == (variant != 0));
  }
}

TEST_CASE("control engine: drum strokes sound within one sample of the grid") {
  auto mapping = test::PlainMapping();
  mapping.bpm = 113;
  mapping.resting[static_cast<std::size_t>(control::Parameter::kBpm)] = 113;
  control::EngineOptions options;
  options.keep_events = true;
  control::SonifyEngine engine(options, test::Shared(mapping));
  const control::FeatureEvent event{0, test::RowOf({.density = 1.0f})};
  engine.PushFeatures(&event, 1);
  Render(engine, 48000 * 20, {48000});
  int strokes = 0;
  for (const auto& [position, note] : engine.trace().TakeEvents(engine.position())) {
    if (note.kind != control::NoteKind::kDrum) continue;
    const double step = static_cast<double>(position) / (48000.0 * 60 / 113 / 4);
    CHECK(std::fabs(step - std::round(step)) * (48000.0 * 60 / 113 / 4) <= 1.0);
    ++strokes;
  }
  CHECK(strokes > 20 * 113 / 60 * 4);
}

TEST_CASE("control engine: starting later joins the same grid") {
  const auto mapping = test::PlainMapping();
  for (std::int64_t start : {std::int64_t{48000 * 7 + 13}, std::int64_t{64}, std::int64_t{96000}}) {
    control::EngineOptions options;
    options.start = start;
    options.keep_events = true;
    control::SonifyEngine engine(options, test::Shared(mapping));
    const control::FeatureEvent event{start, test::RowOf({.density = 0.7f})};
    engine.PushFeatures(&event, 1);
    Render(engine, 48000 * 3, {1000});
    CHECK(engine.position() == start + 48000 * 3);
    bool has_strokes = false;
    for (const auto& [position, note] : engine.trace().TakeEvents(engine.position())) {
      if (note.kind != control::NoteKind::kDrum) continue;
      has_strokes = true;
      CHECK(position % 6000 == 0);  // sixteenths at 120 bpm
    }
    CHECK(has_strokes);
  }
}

TEST_CASE("control engine: ten hours in, it still plays in time") {
  const std::int64_t start = 48000ll * 36000;
  const auto mapping = test::PlainMapping();
  control::EngineOptions options;
  options.start = start;
  CHECK(RenderFilm(options, mapping, 24000, {512}) == RenderFilm(options, mapping, 24000, {77}));
  const Sound late = RenderFilm(options, mapping, 48000, {4800}), early = RenderFilm({}, mapping, 48000, {4800});
  // The same film at another bar: the same patterns, other noise.
  CHECK(std::fabs(test::RmsDb(late.master.data(), 96000) - test::RmsDb(early.master.data(), 96000)) < 1.0);
}

TEST_CASE("control engine: every shape, kit and mode survives wild features and stays under the ceiling") {
  for (int variant = 0; variant < 6; ++variant) {
    auto mapping = test::PlainMapping();
    mapping.bass = static_cast<control::BassShape>(variant);
    mapping.kit = static_cast<control::Kit>(variant);
    mapping.pad = static_cast<control::PadShape>(variant);
    mapping.mode = static_cast<control::Mode>(variant + 1);
    mapping.tempo_source = variant % 2 == 0 ? control::TempoSource::kMotion : control::TempoSource::kFixed;
    mapping.master_gain_db = 12;
    for (auto& strip : mapping.strips) strip.gain_db = 12;
    control::SonifyEngine engine({}, test::Shared(mapping));
    dsp::Random random(9, 9, static_cast<std::uint64_t>(variant));
    std::vector<control::FeatureEvent> events;
    for (int i = 0; i < 400; ++i) {
      control::FeatureEvent event{i * 300, {}};
      for (float& value : event.row) {
        const float draw = random.Uniform();
        value = draw < 0.02f ? std::numeric_limits<float>::quiet_NaN()
                : draw < 0.04f ? std::numeric_limits<float>::infinity()
                : draw < 0.06f ? -1e30f
                               : draw * (draw < 0.5f ? 1.0f : 1e4f);
      }
      events.push_back(event);
    }
    engine.PushFeatures(events.data(), events.size());
    const Sound sound = Render(engine, 130000, {4096});
    float peak = 0;
    bool is_finite = true;
    for (float x : sound.master) {
      is_finite &= std::isfinite(x);
      peak = std::max(peak, std::fabs(x));
    }
    CHECK(is_finite);
    CHECK(peak <= 0.8913f);
    CHECK_FALSE(engine.has_faulted());
  }
}

TEST_CASE("control engine: nothing to see is silence, to the last bit") {
  control::SonifyEngine engine({}, test::Shared(test::PlainMapping()));
  const control::FeatureEvent black{0, test::RowOf({})};
  engine.PushFeatures(&black, 1);
  const Sound sound = Render(engine, 96000, {1024});
  CHECK(test::RmsDb(sound.master.data(), sound.master.size()) < -250);
}

TEST_CASE("control engine: denormals are flushed while it renders and the thread's state comes back") {
  const auto before = rt::ScopedFlushDenormals::Read();
  {
    const rt::ScopedFlushDenormals flush;
    CHECK((rt::ScopedFlushDenormals::Read() & rt::ScopedFlushDenormals::kFlushBits) == rt::ScopedFlushDenormals::kFlushBits);
    volatile float tiny = 1e-38f;
    CHECK(tiny * 0.01f == 0.0f);
  }
  CHECK(rt::ScopedFlushDenormals::Read() == before);
  control::SonifyEngine engine({}, test::Shared(test::PlainMapping()));
  Render(engine, 256, {256});
  CHECK(rt::ScopedFlushDenormals::Read() == before);
}

TEST_CASE("control engine: it renders at other rates") {
  for (double rate : {8000.0, 22050.0, 44100.0, 96000.0, 192000.0}) {
    const Sound sound = RenderFilm({.rate = rate}, test::PlainMapping(), static_cast<std::size_t>(rate), {777});
    float peak = 0;
    for (float x : sound.master) peak = std::max(peak, std::fabs(x));
    INFO(rate);
    CHECK(peak > 0.02f);
    CHECK(peak <= 0.8913f);
  }
}

TEST_CASE("control engine: a plucked bass that wakes in the middle of a slow wobble is heard on the next sixteenth") {
  control::Mapping mapping = test::PlainMapping();
  mapping.row_count = 1;  // motion drives the level alone
  mapping.bass = control::BassShape::kPluck;
  mapping.resting[static_cast<std::size_t>(control::Parameter::kModulationRate)] = 0.4f;
  control::SonifyEngine engine({}, test::Shared(mapping));
  const std::vector<control::FeatureEvent> film{{0, test::RowOf({})}, {60000, test::RowOf({.motion = 0.9f})}};
  engine.PushFeatures(film.data(), film.size());
  std::vector<float> before(2 * 60000), after(2 * 12000);
  engine.Render(60000, before.data(), nullptr);
  engine.Render(12000, after.data(), nullptr);
  CHECK(test::RmsDb(before.data(), before.size()) < -90);
  CHECK(test::RmsDb(after.data(), after.size()) > -40);
}

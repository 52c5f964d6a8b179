// The live player against the offline engine: the same samples; commands, films, cameras and recordings in their places.
#include <cmath>
#include <cstring>
#include <vector>

#include "audio/live_player.h"
#include "audio/monitor_meter.h"
#include "control_fixtures.h"
#include "dsp_spectrum.h"

#include <doctest/doctest.h>

using namespace kinetone;
using audio::LiveCommand;

namespace {

constexpr double kRate = 48000.0;

struct Film {
  std::vector<double> times;
  std::vector<float> rows;
};

// 25 fps; motion comes and goes, colours change, a cut now and then.
Film MadeFilm(double seconds) {
  Film film;
  for (int frame = 0; frame < seconds * 25; ++frame) {
    const float t = static_cast<float>(frame) / 25.0f;
    const auto row = test::RowOf({.motion = 0.5f + 0.4f * static_cast<float>(std::sin(t * 3)),
                                  .density = 0.1f + 0.05f * static_cast<float>(frame % 9),
                                  .brightness = 0.6f,
                                  .colorfulness = 0.5f,
                                  .color = frame % 50 < 25 ? 0xff8020u : 0x2040ffu,
                                  .cut = frame % 37 == 20});
    film.times.push_back(frame / 25.0);
    film.rows.insert(film.rows.end(), row.begin(), row.end());
  }
  return film;
}

std::vector<control::FeatureEvent> EventsOf(const Film& film) {
  std::vector<control::FeatureEvent> events(film.times.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    events[i].position = static_cast<std::int64_t>(std::floor(film.times[i] * kRate + 0.5));
    std::copy_n(film.rows.data() + i * vision::kColumns, vision::kColumns, events[i].row.begin());
  }
  return events;
}

void Give(audio::LivePlayer& player, const Film& film, bool finished = true) {
  auto* track = new audio::FeatureTrack(film.times.size() + 10);
  track->Append(film.times.data(), film.rows.data(), film.times.size());
  if (finished) track->Finish();
  LiveCommand command;
  command.kind = LiveCommand::Kind::kTrack;
  command.track = track;
  REQUIRE(player.Send(std::move(command)));
}

void Send(audio::LivePlayer& player, LiveCommand::Kind kind, float value = 0, double seconds = 0) {
  LiveCommand command;
  command.kind = kind;
  command.value = value;
  command.seconds = seconds;
  REQUIRE(player.Send(std::move(command)));
}

void Play(audio::LivePlayer& player, bool playing = true, float speed = 1.0f, double end_s = 0, bool loops = false) {
  LiveCommand command;
  command.kind = LiveCommand::Kind::kTransport;
  command.transport = {playing, speed, loops, 0.0, end_s};
  REQUIRE(player.Send(std::move(command)));
}

std::vector<float> Pull(audio::LivePlayer& player, std::size_t frames, std::size_t buffer = 256) {
  std::vector<float> out(2 * frames);
  for (std::size_t done = 0; done < frames; done += buffer) {
    player.Render(out.data() + 2 * done, std::min(buffer, frames - done));
  }
  return out;
}

double FilmTime(audio::LivePlayer& player) { return player.State().film_s; }

}  // namespace

TEST_CASE("audio live: a film played from its beginning gives the offline samples bit for bit at any buffer size") {
  const auto mapping = test::PlainMapping();
  const Film film = MadeFilm(4);
  control::SonifyEngine engine({}, test::Shared(mapping));
  const auto events = EventsOf(film);
  engine.PushFeatures(events.data(), events.size());
  constexpr std::size_t kFrames = 3 * 48000;
  std::vector<float> offline(2 * kFrames);
  engine.Render(kFrames, offline.data(), nullptr);
  for (const std::size_t buffer : {64u, 100u, 256u, 2048u}) {
    audio::LivePlayer player(kRate, 0, test::Shared(mapping));
    Give(player, film);
    Play(player);
    const auto live = Pull(player, kFrames, buffer);
    // The soft start takes 205 ms and a few samples.
    constexpr std::size_t kOpen = 2 * 9900;
    CHECK(std::memcmp(live.data() + kOpen, offline.data() + kOpen, (live.size() - kOpen) * sizeof(float)) == 0);
    CHECK(test::RmsDb(live.data(), live.size()) > -40);
  }
}

TEST_CASE("audio live: what was recorded is rendered again from its log bit for bit, with changes of everything") {
  const auto mapping = test::PlainMapping();
  auto other = test::PlainMapping();
  other.bass = control::BassShape::kAcid;
  other.kit = control::Kit::kTrap;
  other.resting[static_cast<std::size_t>(control::Parameter::kBpm)] = 132;
  other.strips[0].gain_db = -6;
  audio::LivePlayer player(kRate, 7, test::Shared(mapping));
  auto tap = std::make_unique<audio::RecordingTap>(10 * 48000);
  LiveCommand record;
  record.kind = LiveCommand::Kind::kRecord;
  record.tap = tap.get();
  REQUIRE(player.Send(std::move(record)));
  Give(player, MadeFilm(8));
  Play(player);
  Pull(player, 30000);
  Play(player, true, 1.5f);
  Pull(player, 20000);
  LiveCommand morph;
  morph.kind = LiveCommand::Kind::kMapping;
  morph.mapping = new control::Mapping(other);
  morph.morph_frames = 24000;
  morph.serial = 1;
  REQUIRE(player.Send(std::move(morph)));
  Pull(player, 10000);
  Send(player, LiveCommand::Kind::kSeek, 0, 5.0);
  Send(player, LiveCommand::Kind::kCeiling, -9.0f);
  Pull(player, 40000, 333);
  Play(player, false);
  Send(player, LiveCommand::Kind::kPanic);
  Pull(player, 20000);

  std::vector<float> recorded(2 * 120000);
  CHECK(tap->samples.PopSome(recorded.data(), recorded.size()) == recorded.size());
  CHECK(tap->start == 0);
  control::EngineOptions options;
  options.seed = 7;
  control::SonifyEngine engine(options, test::Shared(mapping));
  std::vector<audio::LiveEvent> log(4096);
  log.resize(player.TakeEvents(log.data(), log.size()));
  for (const auto& event : log) {
    if (event.kind == audio::LiveEvent::Kind::kRow) {
      const control::FeatureEvent row{event.position, event.row};
      engine.PushFeatures(&row, 1);
    } else if (event.kind == audio::LiveEvent::Kind::kMapping) {
      engine.ScheduleMapping(test::Shared(other), event.position, event.morph_frames);
    } else {
      engine.ScheduleCeiling(event.value, event.position);
    }
  }
  std::vector<float> again(recorded.size());
  engine.Render(again.size() / 2, again.data(), nullptr);
  CHECK(std::memcmp(again.data(), recorded.data(), again.size() * sizeof(float)) == 0);
  CHECK(player.lost_events() == 0);
}

TEST_CASE("audio live: the film's time follows the samples at each speed, stands when paused, and runs round a loop") {
  audio::LivePlayer player(kRate, 0, test::Shared(test::PlainMapping()));
  Give(player, MadeFilm(10));
  Play(player);
  Pull(player, 48000);
  CHECK(FilmTime(player) == doctest::Approx(1.0).epsilon(0.003));
  Play(player, true, 0.25f);
  Pull(player, 48000);
  CHECK(FilmTime(player) == doctest::Approx(1.25).epsilon(0.003));
  Play(player, true, 2.0f);
  Pull(player, 48000);
  CHECK(FilmTime(player) == doctest::Approx(3.25).epsilon(0.003));
  Play(player, false);
  Pull(player, 9600);
  const double standing = FilmTime(player);
  Pull(player, 48000);
  CHECK(FilmTime(player) == standing);
  CHECK(player.State().seen[vision::kMagnitude] == 0.0f);
  Send(player, LiveCommand::Kind::kSeek, 0, 8.0);
  Pull(player, 4800);
  CHECK(FilmTime(player) == 8.0);
  CHECK(player.State().seen[vision::kMagnitude] > 0.0f);  // scrubbing is seen
  Play(player, true, 1.0f, 9.0, true);
  Pull(player, 96000);
  CHECK(FilmTime(player) == doctest::Approx(1.0).epsilon(0.01));
}

TEST_CASE("audio live: at its end a film stands still") {
  audio::LivePlayer player(kRate, 0, test::Shared(test::PlainMapping()));
  Give(player, MadeFilm(1));
  Play(player, true, 1.0f, 1.0);
  Pull(player, 96000);
  CHECK(!player.State().is_playing);
  CHECK(FilmTime(player) == 1.0);
}

TEST_CASE("audio live: slow motion is seen slow") {
  audio::LivePlayer player(kRate, 0, test::Shared(test::PlainMapping()));
  Film film;
  for (int frame = 0; frame < 100; ++frame) {
    const auto row = test::RowOf({.motion = 0.8f});
    film.times.push_back(frame / 25.0);
    film.rows.insert(film.rows.end(), row.begin(), row.end());
  }
  Give(player, film);
  Play(player, true, 0.5f);
  Pull(player, 24000);
  CHECK(player.State().seen[vision::kMagnitude] == doctest::Approx(0.4f));
}

TEST_CASE("audio live: panic is silent within 20 ms and stays so until it is opened; a stop takes as long") {
  for (const auto kind : {LiveCommand::Kind::kPanic, LiveCommand::Kind::kStop}) {
    audio::LivePlayer player(kRate, 0, test::Shared(test::PlainMapping()));
    Give(player, MadeFilm(10));
    Play(player);
    CHECK(test::RmsDb(Pull(player, 96000).data(), 2 * 96000) > -40);
    Send(player, kind);
    Pull(player, 960);
    const auto after = Pull(player, 48000);
    for (const float sample : after) REQUIRE(sample == 0.0f);
    CHECK(player.State().is_silenced);
    Send(player, LiveCommand::Kind::kOpen);
    CHECK(test::RmsDb(Pull(player, 48000).data(), 2 * 48000) > -40);
  }
}

TEST_CASE("audio live: the first 200 ms rise from -20 dB, without a jump") {
  audio::OutputStage stage;
  stage.Init(48000.0f);
  std::vector<float> ones(2 * 12000, 1.0f);
  stage.Process(ones.data(), 12000);
  CHECK(ones[2 * 240] == doctest::Approx(0.1f).epsilon(0.02));
  CHECK(ones[2 * (240 + 4800)] == doctest::Approx(0.316f).epsilon(0.02));
  CHECK(ones[2 * (240 + 9700)] == 1.0f);
  for (std::size_t i = 1; i < 12000; ++i) {
    REQUIRE(ones[2 * i] >= ones[2 * i - 2]);
    REQUIRE(ones[2 * i] - ones[2 * i - 2] < 5e-4f);
  }
}

TEST_CASE("audio live: the ceiling holds, also while it is turned") {
  auto mapping = test::PlainMapping();
  mapping.master_gain_db = 12;
  audio::LivePlayer player(kRate, 0, test::Shared(mapping));
  Give(player, MadeFilm(10));
  Play(player);
  Pull(player, 48000);
  for (const float ceiling : {-6.0f, -20.0f, -1.0f, -12.0f}) {
    Send(player, LiveCommand::Kind::kCeiling, ceiling);
    Pull(player, 1024);
    float peak = 0;
    for (const float sample : Pull(player, 24000)) peak = std::max(peak, std::fabs(sample));
    CHECK(20 * std::log10(peak) <= ceiling);
    CHECK(20 * std::log10(peak) > ceiling - 4);
  }
}

TEST_CASE("audio live: a camera that stops is held, then fades to the pads") {
  audio::LivePlayer player(kRate, 0, test::Shared(test::PlainMapping()));
  LiveCommand command;
  command.kind = LiveCommand::Kind::kRow;
  command.row = test::RowOf({.motion = 0.9f, .density = 0.8f, .brightness = 0.7f, .colorfulness = 0.6f});
  REQUIRE(player.Send(std::move(command)));
  Pull(player, 60000);
  const auto intensity = [&] { return player.State().parameters[static_cast<std::size_t>(control::Parameter::kBassIntensity)]; };
  const auto hits = [&] { return player.State().parameters[static_cast<std::size_t>(control::Parameter::kRhythmComplexity)]; };
  CHECK(intensity() == doctest::Approx(0.9f));
  CHECK(hits() == doctest::Approx(0.8f));
  Pull(player, 4 * 48000);
  CHECK(intensity() == 0.0f);
  CHECK(hits() == 0.0f);
  CHECK(player.State().parameters[static_cast<std::size_t>(control::Parameter::kPadLevel)] == doctest::Approx(0.7f));
  CHECK(test::RmsDb(Pull(player, 48000).data(), 2 * 48000) > -60);
}

TEST_CASE("audio live: a film that is not seen in time fades, and goes on when it is") {
  audio::LivePlayer player(kRate, 0, test::Shared(test::PlainMapping()));
  const Film film = MadeFilm(8);
  auto* track = new audio::FeatureTrack(film.times.size());
  track->Append(film.times.data(), film.rows.data(), 25);
  LiveCommand command;
  command.kind = LiveCommand::Kind::kTrack;
  command.track = track;
  REQUIRE(player.Send(std::move(command)));
  Play(player);
  Pull(player, 6 * 48000);
  CHECK(player.State().is_starved);
  CHECK(player.State().parameters[static_cast<std::size_t>(control::Parameter::kBassIntensity)] == 0.0f);
  track->Append(film.times.data() + 25, film.rows.data() + 25 * vision::kColumns, 175);
  Pull(player, 4800);
  CHECK(!player.State().is_starved);
  CHECK(player.State().parameters[static_cast<std::size_t>(control::Parameter::kBassIntensity)] > 0.0f);
}

TEST_CASE("audio live: a morph reaches the other mapping in its time without a jump, also when it is interrupted") {
  auto mapping = test::PlainMapping(), other = test::PlainMapping();
  mapping.row_count = other.row_count = 0;
  mapping.resting[0] = 0.2f;
  other.resting[0] = 0.9f;
  audio::LivePlayer player(kRate, 0, test::Shared(mapping));
  Pull(player, 6400);
  const auto morph_to = [&](const control::Mapping& to, std::int64_t frames) {
    LiveCommand command;
    command.kind = LiveCommand::Kind::kMapping;
    command.mapping = new control::Mapping(to);
    command.morph_frames = frames;
    REQUIRE(player.Send(std::move(command)));
  };
  float last = player.State().parameters[0], most = 0;
  const auto run = [&](int blocks) {
    for (int i = 0; i < blocks; ++i) {
      Pull(player, 64, 64);
      most = std::max(most, std::fabs(player.State().parameters[0] - last));
      last = player.State().parameters[0];
    }
  };
  morph_to(other, 48000);
  run(375);
  CHECK(last == doctest::Approx(0.55f).epsilon(0.02));
  morph_to(mapping, 48000);
  run(375);
  CHECK(last > 0.25f);
  run(500);
  CHECK(last == doctest::Approx(0.2f));
  CHECK(most < 0.003f);
  CHECK(!player.State().is_morphing);
}

TEST_CASE("audio meter: a full-scale tone reads 0 dB in its band, its loudness and its levels") {
  audio::MonitorMeter meter(kRate);
  std::vector<float> tone(2 * 48000);
  for (std::size_t i = 0; i < 48000; ++i) tone[2 * i] = tone[2 * i + 1] = static_cast<float>(std::sin(test::kTau * 1000 * static_cast<double>(i) / kRate));
  for (int second = 0; second < 4; ++second) meter.Push(tone.data(), 48000);
  const auto levels = meter.TakeLevels();
  CHECK(levels[0] == doctest::Approx(1.0f).epsilon(0.001));
  CHECK(levels[2] == doctest::Approx(0.7071f).epsilon(0.001));
  CHECK(meter.ShortTermLufs() == doctest::Approx(0.0).epsilon(0.1).scale(1));
  std::vector<float> bands(audio::MonitorMeter::kBands), points(audio::MonitorMeter::kScopePoints);
  meter.Spectrum(bands.data());
  const auto loudest = static_cast<std::size_t>(std::max_element(bands.begin(), bands.end()) - bands.begin());
  const double low = 30 * std::pow(600.0, static_cast<double>(loudest) / 64), high = 30 * std::pow(600.0, static_cast<double>(loudest + 1) / 64);
  CHECK(low <= 1030);
  CHECK(high >= 970);
  CHECK(bands[loudest] > -1.5f);
  CHECK(bands[5] < -60.0f);
  meter.Scope(points.data());
  CHECK(std::fabs(points[0]) < 0.14f);
  CHECK(points[1] > points[0]);
}

TEST_CASE("audio live: sought beyond what is known, a film is not heard in haste, and is seen there once it is known") {
  audio::LivePlayer player(kRate, 0, test::Shared(test::PlainMapping()));
  const Film film = MadeFilm(8);
  auto* track = new audio::FeatureTrack(film.times.size());
  LiveCommand command;
  command.kind = LiveCommand::Kind::kTrack;
  command.track = track;
  REQUIRE(player.Send(std::move(command)));
  Send(player, LiveCommand::Kind::kSeek, 0, 6.0);
  Pull(player, 4800);
  std::vector<audio::LiveEvent> events(4096);
  for (std::size_t frame = 0; frame < 100; ++frame) {
    track->Append(film.times.data() + frame, film.rows.data() + frame * vision::kColumns, 1);
    Pull(player, 512);
  }
  CHECK(player.TakeEvents(events.data(), events.size()) == 0);
  track->Append(film.times.data() + 100, film.rows.data() + 100 * vision::kColumns, 100);
  track->Finish();
  Pull(player, 512);
  REQUIRE(player.TakeEvents(events.data(), events.size()) >= 1);
  CHECK(std::memcmp(events[0].row.data(), film.rows.data() + 150 * vision::kColumns, sizeof(vision::FeatureRow)) == 0);
}

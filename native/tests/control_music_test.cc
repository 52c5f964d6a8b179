// Clock, divisions, patterns, chords: the musical rules without sound.
#include <cmath>
#include <set>
#include <vector>

#include "control/clock.h"
#include "control/harmony.h"
#include "control/rhythm.h"
#include "control/tempo.h"
#include "control/wobble.h"

#include <doctest/doctest.h>

using namespace kinetone;

TEST_CASE("control clock: a tempo change moves no beat, and after ten hours beats still fall on their sample") {
  control::Clock clock;
  clock.Init(48000, 120);
  const double beat = clock.BeatAt(1000);
  clock.SetBpm(97, 1000);
  CHECK(clock.BeatAt(1000) == beat);
  CHECK(clock.BeatAt(1000 + 48000 * 60) == doctest::Approx(beat + 97));

  control::Clock exact;
  exact.Init(48000, 120);
  const std::int64_t ten_hours = 48000ll * 36000;
  CHECK(exact.SampleAt(72000) == ten_hours);
  CHECK(exact.SampleAt(exact.BeatAt(ten_hours + 12345)) == ten_hours + 12345);
}

TEST_CASE("control wobble: from whole notes when still to sixteenth triplets when wild, never falling on the way") {
  control::WobbleDivision division;
  division.Init();
  CHECK(control::WobbleDivision::RateHz(division.Choose(0.1f, 120), 120) == doctest::Approx(0.5));
  int last = 0;
  std::set<int> seen;
  for (float hz = 0.1f; hz < 20; hz *= 1.01f) {
    const int index = division.Choose(hz, 120);
    CHECK(index >= last);
    last = index;
    seen.insert(index);
  }
  CHECK(seen.size() == control::kDivisions.size());
  CHECK(control::WobbleDivision::RateHz(last, 120) == doctest::Approx(12.0));
}

TEST_CASE("control wobble: hysteresis is at most 10 % of the rate") {
  for (int border = 0; border + 1 < 9; ++border) {
    control::WobbleDivision up, down;
    up.Init();
    down.Init();
    const float low = control::WobbleDivision::RateHz(border, 120), high = control::WobbleDivision::RateHz(border + 1, 120);
    up.Choose(low, 120);
    down.Choose(high, 120);
    float rising = low, falling = high;
    while (up.Choose(rising, 120) == border) rising *= 1.0005f;
    while (down.Choose(falling, 120) == border + 1) falling /= 1.0005f;
    CHECK(rising > falling);
    CHECK(rising / falling < 1.10f);
  }
}

TEST_CASE("control rhythm: patterns are Euclidean: hits as many as asked, gaps differ by at most one") {
  for (int hits = 1; hits <= 16; ++hits) {
    for (int rotation = 0; rotation < 16; ++rotation) {
      std::vector<int> at;
      for (int step = 0; step < 16; ++step) {
        if (control::IsEuclideanHit(step, hits, rotation)) at.push_back(step);
      }
      REQUIRE(at.size() == static_cast<std::size_t>(hits));
      CHECK(control::IsEuclideanHit(rotation, hits, rotation));
      int least = 16, most = 0;
      for (std::size_t i = 0; i < at.size(); ++i) {
        const int gap = i + 1 < at.size() ? at[i + 1] - at[i] : at[0] + 16 - at[i];
        least = std::min(least, gap);
        most = std::max(most, gap);
      }
      CHECK(most - least <= 1);
    }
  }
}

TEST_CASE("control rhythm: in every kit onsets and strokes per bar never fall as complexity rises, from none to all sixteen") {
  for (int kit = 0; kit < static_cast<int>(control::Kit::kCount); ++kit) {
    for (float balance : {0.0f, 0.5f, 1.0f}) {
      control::Rhythm rhythm;
      rhythm.Init();
      int last_onsets = 0, last_strokes = 0;
      std::set<int> values;
      for (float complexity = 0; complexity <= 1.0f; complexity += 0.01f) {
        rhythm.Choose(complexity, balance);
        int onsets = 0, strokes = 0;
        for (int step = 0; step < 16; ++step) {
          std::array<control::DrumHit, control::kMaxHitsPerStep> hits;
          const int count = rhythm.HitsAt(static_cast<control::Kit>(kit), step, hits);
          onsets += count > 0;
          strokes += count;
        }
        INFO("kit " << kit << " complexity " << complexity);
        CHECK(onsets >= last_onsets);
        CHECK(strokes >= last_strokes);
        last_onsets = onsets;
        last_strokes = strokes;
        values.insert(onsets);
      }
      CHECK(*values.begin() == 0);
      CHECK(last_onsets == 16);
      CHECK(values.size() >= 8);
    }
  }
}

TEST_CASE("control rhythm: the balance of edges changes which drums play, not how many") {
  for (int kit = 0; kit < static_cast<int>(control::Kit::kCount); ++kit) {
    std::vector<std::vector<int>> strokes;
    for (float balance : {0.0f, 1.0f}) {
      control::Rhythm rhythm;
      rhythm.Init();
      rhythm.Choose(0.8f, balance);
      std::vector<int> drums(control::kDrumCount, 0);
      for (int step = 0; step < 16; ++step) {
        std::array<control::DrumHit, control::kMaxHitsPerStep> hits;
        const int count = rhythm.HitsAt(static_cast<control::Kit>(kit), step, hits);
        for (int i = 0; i < count; ++i) ++drums[static_cast<std::size_t>(hits[static_cast<std::size_t>(i)].drum)];
      }
      strokes.push_back(drums);
    }
    CHECK(strokes[0] != strokes[1]);
    int sums[2] = {};
    for (std::size_t i = 0; i < control::kDrumCount; ++i) {
      sums[0] += strokes[0][i];
      sums[1] += strokes[1][i];
    }
    CHECK(sums[0] == sums[1]);
  }
}

TEST_CASE("control harmony: every place on the circle is another chord, hues 60 degrees apart never share one") {
  for (int mode = 0; mode < static_cast<int>(control::Mode::kCount); ++mode) {
    std::set<std::set<int>> chords;
    for (int place = 0; place < 12; ++place) {
      const auto chord = control::ChordOnCircle(5, static_cast<control::Mode>(mode), place);
      std::set<int> notes;
      for (int tone : chord.tones) notes.insert((chord.root + tone) % 12);
      chords.insert(notes);
    }
    CHECK(chords.size() == 12);
  }
  for (int degrees = 0; degrees < 360; ++degrees) {
    for (int turn : {60, -60}) {
      control::Harmony harmony;
      harmony.Init();
      // Come to the hue from both sides, then go 60 degrees on.
      harmony.Choose(static_cast<float>((degrees + (turn > 0 ? 355 : 5)) % 360) / 360.0f);
      harmony.Choose(static_cast<float>(degrees) / 360.0f);
      const int before = harmony.place();
      harmony.Choose(static_cast<float>((degrees + turn + 360) % 360) / 360.0f);
      CHECK(harmony.place() != before);
    }
  }
}

TEST_CASE("control harmony: a hue that trembles on a border does not change the chord") {
  control::Harmony harmony;
  harmony.Init();
  harmony.Choose(14.0f / 360);
  int changes = 0;
  for (int i = 0; i < 100; ++i) changes += harmony.Choose((i % 2 == 0 ? 19.0f : 11.0f) / 360);
  CHECK(changes == 0);
}

TEST_CASE("control harmony: in a major key the six chords nearest the tonic are its own") {
  const auto third = [](int place) { return control::ChordOnCircle(0, control::Mode::kMajor, place).tones[1]; };
  CHECK(control::ChordOnCircle(0, control::Mode::kMajor, 0).root == 0);
  CHECK(third(0) == 4);
  CHECK(third(11) == 4);
  CHECK(third(1) == 4);
  CHECK(control::ChordOnCircle(0, control::Mode::kMajor, 1).tones[3] == 10);
  for (int place : {2, 3, 4}) CHECK(third(place) == 3);
}

TEST_CASE("control harmony: voice leading keeps common tones, moves the others little, and sounds every tone of the chord") {
  control::Harmony harmony;
  harmony.Init();
  for (int count = 1; count <= control::kMaxPadVoices; ++count) {
    int last[control::kMaxPadVoices] = {};
    bool has_last = false;
    for (int place : {0, 1, 3, 11, 7, 2, 5, 0}) {
      const auto chord = control::ChordOnCircle(0, control::Mode::kMinor, place);
      harmony.Voice(chord, count, 62, place % 2);
      REQUIRE(harmony.count() == count);
      std::set<int> classes, notes;
      for (int voice = 0; voice < count; ++voice) {
        notes.insert(harmony.note(voice));
        classes.insert(harmony.note(voice) % 12);
        CHECK(harmony.note(voice) >= 40);
        CHECK(harmony.note(voice) <= 86);
        if (has_last && count <= 4) CHECK(std::abs(harmony.note(voice) - last[voice]) <= 9);
        last[voice] = harmony.note(voice);
      }
      CHECK(notes.size() == static_cast<std::size_t>(count));
      for (int tone = 0; tone < std::min(count, 4); ++tone) CHECK(classes.count((chord.root + chord.tones[static_cast<std::size_t>(tone)]) % 12) == 1);
      has_last = true;
    }
  }
  harmony.Init();
  harmony.Voice(control::ChordOnCircle(0, control::Mode::kMajor, 0), 3, 62, 0);  // C E G
  const int before[3] = {harmony.note(0), harmony.note(1), harmony.note(2)};
  harmony.Voice(control::ChordOnCircle(0, control::Mode::kMajor, 4), 3, 62, 0);  // E G B: two tones stay
  int stayed = 0;
  for (int voice = 0; voice < 3; ++voice) stayed += harmony.note(voice) == before[voice];
  CHECK(stayed == 2);
}

TEST_CASE("control tempo: motion raises it in steps of 4 around the mapping's bpm, slowly, and never leaves 40 to 240") {
  control::Tempo tempo;
  tempo.Init(750);
  int last = tempo.OnBeat(control::TempoSource::kMotion, 100);
  CHECK(last == 80);
  for (int i = 0; i < 750 * 20; ++i) {
    tempo.Follow(0.5f);
    if (i % 400 != 0) continue;
    const int bpm = tempo.OnBeat(control::TempoSource::kMotion, 100);
    CHECK(bpm >= last);
    CHECK(bpm - last <= 4);
    CHECK((bpm - 100) % 4 == 0);
    last = bpm;
  }
  CHECK(last == 120);
  CHECK(tempo.OnBeat(control::TempoSource::kFixed, 100) == 100);
  CHECK(tempo.OnBeat(control::TempoSource::kMotion, 239) <= 240);
}

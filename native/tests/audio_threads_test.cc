// The queues between two real threads, and the player's rule on the audio thread. Also built under ThreadSanitizer
// (npm run soak), which turns a wrong memory order into a failure.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <vector>

#include "audio/live_player.h"
#include "control_fixtures.h"
#include "realtime_guard.h"
#include "rt/spsc_ring.h"
#include "rt/triple_buffer.h"

#include <doctest/doctest.h>

using namespace kinetone;
using audio::LiveCommand;

namespace {

double SoakSeconds(double otherwise) {
  const char* given = std::getenv("KINETONE_SOAK_S");
  return given == nullptr ? otherwise : std::atof(given);
}

class Deadline {
 public:
  explicit Deadline(double seconds) : end_(std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(seconds))) {}
  bool is_over() const { return std::chrono::steady_clock::now() >= end_; }

 private:
  std::chrono::steady_clock::time_point end_;
};

// Whole only if all its words agree.
struct Words {
  std::uint64_t words[32] = {};
};

Words Filled(std::uint64_t value) {
  Words words;
  for (auto& word : words.words) word = value;
  return words;
}

bool IsWhole(const Words& words) {
  for (const auto word : words.words) {
    if (word != words.words[0]) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("rt ring: everything that is pushed is popped once, in order and whole") {
  rt::SpscRing<Words> ring(64);
  std::atomic<bool> is_over{false};
  std::uint64_t pushed = 0;
  std::thread writer([&] {
    for (const Deadline end(SoakSeconds(0.3)); !end.is_over() || pushed < 2000;) {
      if (ring.Push(Filled(pushed))) ++pushed;
    }
    is_over = true;
  });
  std::uint64_t popped = 0;
  bool is_right = true;
  for (Words words;;) {
    const bool was_over = is_over;
    if (!ring.Pop(words)) {
      if (was_over) break;
      continue;
    }
    is_right = is_right && IsWhole(words) && words.words[0] == popped;
    ++popped;
  }
  writer.join();
  CHECK(is_right);
  CHECK(popped == pushed);
  CHECK(pushed > 1000);
}

TEST_CASE("rt ring: a full one refuses, many go in together or not at all") {
  rt::SpscRing<int> ring(8);
  const std::vector<int> six{1, 2, 3, 4, 5, 6};
  CHECK(ring.PushAll(six.data(), 6));
  CHECK(!ring.PushAll(six.data(), 6));
  CHECK(ring.Push(7));
  CHECK(ring.Push(8));
  CHECK(!ring.Push(9));
  std::vector<int> out(8);
  CHECK(ring.PopSome(out.data(), 5) == 5);
  CHECK(out[4] == 5);
  CHECK(ring.size() == 3);
}

TEST_CASE("rt triple buffer: what is read is whole and never older than what was read before") {
  rt::TripleBuffer<Words> buffer;
  std::atomic<bool> is_over{false};
  std::thread writer([&] {
    std::uint64_t value = 0;
    while (!is_over) buffer.Write(Filled(++value));
  });
  std::uint64_t last = 0, fresh = 0;
  bool is_right = true;
  for (const Deadline end(SoakSeconds(0.3)); !end.is_over() || fresh <= 10;) {
    const Words& words = buffer.Read();
    is_right = is_right && IsWhole(words) && words.words[0] >= last;
    fresh += words.words[0] != last;
    last = words.words[0];
  }
  is_over = true;
  writer.join();
  CHECK(is_right);
}

TEST_CASE("audio live: the player keeps the audio thread's rule whatever is sent to it") {
  audio::LivePlayer player(48000, 0, test::Shared(test::PlainMapping()));
  auto tap = std::make_unique<audio::RecordingTap>(20 * 48000);
  std::vector<float> out(2 * 256);
  player.Render(out.data(), 256);
  const auto send = [&](LiveCommand::Kind kind, auto&& change) {
    LiveCommand command;
    command.kind = kind;
    change(command);
    REQUIRE(player.Send(std::move(command)));
  };
  auto* track = new audio::FeatureTrack(1000);
  std::vector<double> times;
  std::vector<float> rows;
  for (int frame = 0; frame < 300; ++frame) {
    const auto row = test::RowOf({.motion = static_cast<float>(frame % 30) / 30, .density = 0.5f, .brightness = 0.5f, .colorfulness = 0.6f, .cut = frame % 40 == 39});
    times.push_back(frame / 30.0);
    rows.insert(rows.end(), row.begin(), row.end());
  }
  track->Append(times.data(), rows.data(), times.size());
  send(LiveCommand::Kind::kTrack, [&](LiveCommand& command) { command.track = track; });
  send(LiveCommand::Kind::kRecord, [&](LiveCommand& command) { command.tap = tap.get(); });
  send(LiveCommand::Kind::kTransport, [](LiveCommand& command) { command.transport = {true, 1.5f, true, 0, 9}; });
  for (int second = 0; second < 4; ++second) {
    for (int i = 0; i < 40; ++i) {
      send(LiveCommand::Kind::kMapping, [&](LiveCommand& command) {
        command.mapping = new control::Mapping(test::PlainMapping());
        command.morph_frames = i % 3 * 9600;
      });
    }
    send(LiveCommand::Kind::kRow, [](LiveCommand& command) { command.row = test::RowOf({.motion = 0.9f}); });
    send(LiveCommand::Kind::kSeek, [&](LiveCommand& command) { command.seconds = 2.0 * second; });
    send(LiveCommand::Kind::kCeiling, [&](LiveCommand& command) { command.value = -3.0f * static_cast<float>(second + 1); });
    send(second % 2 == 0 ? LiveCommand::Kind::kPanic : LiveCommand::Kind::kOpen, [](LiveCommand&) {});
    test::RealtimeGuard guard;
    for (int block = 0; block < 48000 / 256; ++block) player.Render(out.data(), 256);
    const test::RealtimeFaults faults = guard.Stop();
    INFO(Describe(faults));
    CHECK(faults.none());
  }
}

TEST_CASE("audio live: commands, readings and recording from one thread while another plays") {
  audio::LivePlayer player(48000, 0, test::Shared(test::PlainMapping()));
  auto backend = audio::MakeNullBackend();
  audio::OutputInfo info;
  REQUIRE(backend->Open({-1, 48000, 64, 0, 0}, player, info).empty());
  auto tap = std::make_unique<audio::RecordingTap>(20 * 48000);
  LiveCommand record;
  record.kind = LiveCommand::Kind::kRecord;
  record.tap = tap.get();
  REQUIRE(player.Send(std::move(record)));
  std::vector<float> samples(2 * 48000);
  std::vector<audio::LiveEvent> events(1024);
  std::int64_t last = 0;
  std::size_t recorded = 0, taken = 0;
  bool is_rising = true;
  for (const Deadline end(SoakSeconds(1.0)); !end.is_over() || taken <= 100;) {
    LiveCommand command;
    command.kind = LiveCommand::Kind::kMapping;
    command.mapping = new control::Mapping(test::PlainMapping());
    command.morph_frames = 4800;
    if (!player.Send(std::move(command))) delete command.mapping;
    LiveCommand row;
    row.kind = LiveCommand::Kind::kRow;
    row.row = test::RowOf({.motion = 0.5f});
    player.Send(std::move(row));
    is_rising = is_rising && player.State().position >= last;
    last = player.State().position;
    recorded += tap->samples.PopSome(samples.data(), samples.size()) / 2;
    player.TakeOutput(samples.data(), 48000);
    taken += player.TakeEvents(events.data(), events.size());
    player.TakeStripPeaks();
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  backend->Close();
  recorded += tap->samples.PopSome(samples.data(), samples.size()) / 2;
  CHECK(is_rising);
  CHECK(last > 0);
  CHECK(taken > 100);
  CHECK(static_cast<std::int64_t>(recorded) + tap->start + 64 >= last);
  CHECK(tap->lost_frames == 0);
}

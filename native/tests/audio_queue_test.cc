// What is sent to the live player while nobody takes it.
#include <vector>

#include "audio/live_player.h"
#include "control_fixtures.h"

#include <doctest/doctest.h>

using namespace kinetone;
using audio::LiveCommand;

namespace {

constexpr double kRate = 48000.0;

// A device that takes so many frames.
void Take(audio::LivePlayer& player, std::size_t frames) {
  std::vector<float> out(2 * frames);
  player.Render(out.data(), frames);
}

}  // namespace

TEST_CASE("audio live: a device that stands takes no more commands, and loses nothing") {
  audio::LivePlayer player(kRate, 0, test::Shared(test::PlainMapping()));
  int taken = 0;
  for (int i = 0; i < 400; ++i) {
    LiveCommand command;
    command.kind = LiveCommand::Kind::kMapping;
    command.mapping = new control::Mapping(test::PlainMapping());
    command.serial = static_cast<std::uint32_t>(i);
    if (player.Send(std::move(command))) {
      ++taken;
    } else {
      delete command.mapping;
    }
  }
  CHECK(taken == 256);
  Take(player, 4096);
  CHECK(player.State().mapping_serial == 255);
}

TEST_CASE("audio live: a camera that goes on before a device that stands leaves room for what a person does") {
  audio::LivePlayer player(kRate, 0, test::Shared(test::PlainMapping()));
  LiveCommand command;
  for (int i = 0; i < 400; ++i) {
    command.kind = LiveCommand::Kind::kRow;
    player.Send(std::move(command));
  }
  command.kind = LiveCommand::Kind::kPanic;
  for (int i = 0; i < 100; ++i) CHECK(player.Send(std::move(command)));
  Take(player, 4096);
  command.kind = LiveCommand::Kind::kRow;
  CHECK(player.Send(std::move(command)));
}

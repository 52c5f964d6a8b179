// The six drum kits: what each drum sounds like, how hard the kick pushes the rest down, how large the room is.
#pragma once

#include <array>

#include "control/mapping.h"
#include "control/rhythm.h"
#include "dsp/voice/stroke.h"

namespace kinetone::dsp {

struct KitSpec {
  std::array<DrumSpec, control::kDrumCount> drums;  // in the order of control::Drum
  float duck_bass, duck_pad;                        // 0..1 of the level taken away by a full kick
  float duck_ms;                                    // until it is back
  float room_seconds;                               // reverberation time of the drum room
  float trim_db;
};

const KitSpec& KitOf(control::Kit kit);

}  // namespace kinetone::dsp

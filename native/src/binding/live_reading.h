// What a LivePlayer tells, as JavaScript objects. Controlling thread.
#pragma once

#include <napi.h>

#include "audio/live_player.h"
#include "audio/monitor_meter.h"

namespace kinetone::binding {

Napi::Value ReadState(Napi::Env env, audio::LivePlayer& player);
// resets: begins the integrated loudness anew.
Napi::Value ReadMeters(Napi::Env env, audio::LivePlayer& player, audio::MonitorMeter& meter, bool resets);
// {heads: Float64Array n x 5 (kind, position, serial, morph frames, value), rows: Float32Array n x 53}, or null without any.
Napi::Value ReadEvents(Napi::Env env, audio::LivePlayer& player);
// {samples: Float32Array, start, lostFrames, isDone}
Napi::Value ReadTap(Napi::Env env, audio::RecordingTap& tap);

}  // namespace kinetone::binding

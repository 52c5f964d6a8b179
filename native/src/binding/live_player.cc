// LivePlayer for JavaScript: the instrument on a device. The methods' contract stands in src-main/adapters/native/live-player.ts.
#include <napi.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "audio/live_player.h"
#include "audio/monitor_meter.h"
#include "binding/checked_array.h"
#include "binding/compiled_mapping.h"
#include "binding/exports.h"
#include "binding/live_output.h"
#include "binding/live_reading.h"

namespace kinetone::binding {
namespace {

using audio::LiveCommand;

constexpr double kMaxTrackFrames = 4'000'000;  // 18 hours at 60 frames a second; about 900 MB
constexpr double kTapSeconds = 20;

class Player : public Napi::ObjectWrap<Player> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "LivePlayer",
                       {InstanceMethod<&Player::SetMapping>("setMapping"), InstanceMethod<&Player::PushRow>("pushRow"),
                        InstanceMethod<&Player::SetTrack>("setTrack"), InstanceMethod<&Player::AppendTrack>("appendTrack"),
                        InstanceMethod<&Player::Transport>("transport"), InstanceMethod<&Player::Seek>("seek"),
                        InstanceMethod<&Player::Control>("control"), InstanceMethod<&Player::Record>("record"),
                        InstanceMethod<&Player::TakeRecording>("takeRecording"), InstanceMethod<&Player::TakeEvents>("takeEvents"),
                        InstanceMethod<&Player::State>("state"), InstanceMethod<&Player::Meters>("meters"),
                        InstanceMethod<&Player::Open>("open"), InstanceMethod<&Player::Close>("close"),
                        InstanceMethod<&Player::Health>("health"), InstanceMethod<&Player::Pull>("pull")});
  }

  explicit Player(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Player>(info) {
    const Napi::Env env = info.Env();
    if (!info[0].IsObject()) {
      ThrowArgumentError(env, "native-bad-argument", "expected LivePlayer to be given {sampleRate, seed, mapping}");
      return;
    }
    const auto given = info[0].As<Napi::Object>();
    const int rate = CheckedInteger(given.Get("sampleRate"), 8000, 192000, "sampleRate");
    if (rate < 0) return;
    double seed = 0;
    if (!CheckedNumber(given.Get("seed"), 0, 4294967295.0, "seed", seed)) return;
    auto mapping = ReadMapping(env, given.Get("mapping"));
    if (mapping == nullptr) return;
    player_ = std::make_shared<audio::LivePlayer>(rate, static_cast<std::uint32_t>(seed), std::move(mapping));
    meter_ = std::make_unique<audio::MonitorMeter>(rate);
    output_ = std::make_shared<LiveOutput>(player_);
  }

 private:
  // Throws 'native-busy' when the audio thread takes no commands.
  Napi::Value Send(Napi::Env env, LiveCommand&& command) {
    if (player_->Send(std::move(command))) return Napi::Boolean::New(env, true);
    delete command.mapping;
    delete command.track;
    return Napi::Boolean::New(env, false);
  }

  Napi::Value SetMapping(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    double morph = 0, serial = 0;
    if (!CheckedNumber(info[1], 0, 1e9, "morphFrames", morph) || !CheckedNumber(info[2], 0, 4294967295.0, "serial", serial)) return env.Undefined();
    auto mapping = ReadMapping(env, info[0]);
    if (mapping == nullptr) return env.Undefined();
    LiveCommand command;
    command.kind = LiveCommand::Kind::kMapping;
    command.mapping = mapping.release();
    command.morph_frames = static_cast<std::int64_t>(morph);
    command.serial = static_cast<std::uint32_t>(serial);
    return Send(env, std::move(command));
  }

  Napi::Value PushRow(const Napi::CallbackInfo& info) {
    const float* row = CheckedFloats(info[0], vision::kColumns, "row", "one feature row");
    if (row == nullptr) return info.Env().Undefined();
    LiveCommand command;
    command.kind = LiveCommand::Kind::kRow;
    std::copy_n(row, vision::kColumns, command.row.begin());
    return Send(info.Env(), std::move(command));
  }

  Napi::Value SetTrack(const Napi::CallbackInfo& info) {
    double capacity = 0;
    if (!CheckedNumber(info[0], 1, kMaxTrackFrames, "capacity", capacity)) return info.Env().Undefined();
    auto track = std::make_unique<audio::FeatureTrack>(static_cast<std::size_t>(capacity));
    LiveCommand command;
    command.kind = LiveCommand::Kind::kTrack;
    command.track = track.get();
    audio::FeatureTrack* writable = track.release();
    const Napi::Value sent = Send(info.Env(), std::move(command));
    if (sent.ToBoolean()) {
      track_ = writable;
      last_time_ = 0.0;
    }
    return sent;
  }

  Napi::Value AppendTrack(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    if (!info[0].IsTypedArray() || info[0].As<Napi::TypedArray>().TypedArrayType() != napi_float64_array || track_ == nullptr) {
      ThrowArgumentError(env, "native-bad-argument", "expected a track and timestamps in a Float64Array");
      return env.Undefined();
    }
    const auto times = info[0].As<Napi::Float64Array>();
    const std::size_t count = times.ElementLength();
    const float* rows = CheckedFloats(info[1], count * vision::kColumns, "rows", std::to_string(count) + " feature rows");
    if (rows == nullptr && count > 0) return env.Undefined();
    double last = last_time_;
    for (std::size_t i = 0; i < count; ++i) {
      if (!(times[i] >= last)) {
        ThrowArgumentError(env, "native-bad-argument", "expected timestamps that never fall, got " + std::to_string(times[i]) + " after " + std::to_string(last));
        return env.Undefined();
      }
      last = times[i];
    }
    if (count > 0 && !track_->Append(times.Data(), rows, count)) {
      ThrowArgumentError(env, "native-size-mismatch", "expected no more feature frames than the track was made for");
      return env.Undefined();
    }
    last_time_ = last;
    if (info[2].ToBoolean()) track_->Finish();
    return env.Undefined();
  }

  Napi::Value Transport(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    const auto given = CheckedObject(info, 0, "{isPlaying, speed, isLooping, startS, endS}");
    if (given.IsEmpty()) return env.Undefined();
    double speed = 1, start = 0, end = 0;
    if (!CheckedNumber(given.Get("speed"), 0.25, 2.0, "speed", speed) || !CheckedNumber(given.Get("startS"), 0, 1e6, "startS", start) ||
        !CheckedNumber(given.Get("endS"), 0, 1e6, "endS", end)) {
      return env.Undefined();
    }
    LiveCommand command;
    command.kind = LiveCommand::Kind::kTransport;
    command.transport = {given.Get("isPlaying").ToBoolean(), static_cast<float>(speed), given.Get("isLooping").ToBoolean(), start, end};
    return Send(env, std::move(command));
  }

  Napi::Value Seek(const Napi::CallbackInfo& info) {
    LiveCommand command;
    command.kind = LiveCommand::Kind::kSeek;
    if (!CheckedNumber(info[0], 0, 1e6, "seconds", command.seconds)) return info.Env().Undefined();
    return Send(info.Env(), std::move(command));
  }

  Napi::Value Control(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    const std::string name = Shown(info[0]);
    LiveCommand command;
    double value = 0;
    if (name == "ceiling") {
      command.kind = LiveCommand::Kind::kCeiling;
      if (!CheckedNumber(info[1], -60, -1, "ceiling in dB", value)) return env.Undefined();
    } else if (name == "volume") {
      command.kind = LiveCommand::Kind::kVolume;
      if (!CheckedNumber(info[1], 0, 1, "volume", value)) return env.Undefined();
    } else if (name == "panic") {
      command.kind = LiveCommand::Kind::kPanic;
    } else if (name == "stop") {
      command.kind = LiveCommand::Kind::kStop;
    } else if (name == "open") {
      command.kind = LiveCommand::Kind::kOpen;
    } else {
      ThrowArgumentError(env, "native-bad-argument", "expected ceiling, volume, panic, stop or open, got " + name);
      return env.Undefined();
    }
    command.value = static_cast<float>(value);
    return Send(env, std::move(command));
  }

  Napi::Value Record(const Napi::CallbackInfo& info) {
    LiveCommand command;
    command.kind = LiveCommand::Kind::kRecord;
    if (info[0].ToBoolean()) {
      tap_ = std::make_shared<audio::RecordingTap>(static_cast<std::size_t>(kTapSeconds * player_->rate()));
      output_->KeepTap(tap_);
      command.tap = tap_.get();
    }
    return Send(info.Env(), std::move(command));
  }

  Napi::Value TakeRecording(const Napi::CallbackInfo& info) {
    if (tap_ == nullptr) return info.Env().Null();
    const Napi::Value taken = ReadTap(info.Env(), *tap_);
    if (tap_->is_done.load(std::memory_order_acquire) && tap_->samples.size() == 0) tap_.reset();
    return taken;
  }

  Napi::Value TakeEvents(const Napi::CallbackInfo& info) { return ReadEvents(info.Env(), *player_); }
  Napi::Value State(const Napi::CallbackInfo& info) { return ReadState(info.Env(), *player_); }
  Napi::Value Meters(const Napi::CallbackInfo& info) { return ReadMeters(info.Env(), *player_, *meter_, info[0].ToBoolean()); }
  Napi::Value Open(const Napi::CallbackInfo& info) { return output_->Open(info); }
  Napi::Value Close(const Napi::CallbackInfo& info) { return output_->Close(info); }
  Napi::Value Health(const Napi::CallbackInfo& info) { return output_->Health(info.Env()); }

  Napi::Value Pull(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    const int frames = CheckedInteger(info[0], 1, 1 << 20, "frames");
    if (frames < 0) return env.Undefined();
    float* samples = CheckedFloats(info[1], 2 * static_cast<std::size_t>(frames), "samples", "interleaved stereo");
    if (samples == nullptr) return env.Undefined();
    if (output_->is_open()) {
      ThrowArgumentError(env, "native-busy", "expected no output to be open");
      return env.Undefined();
    }
    player_->Render(samples, static_cast<std::size_t>(frames));
    return env.Undefined();
  }

  std::shared_ptr<audio::LivePlayer> player_;
  std::unique_ptr<audio::MonitorMeter> meter_;
  std::shared_ptr<LiveOutput> output_;
  std::shared_ptr<audio::RecordingTap> tap_;
  audio::FeatureTrack* track_ = nullptr;  // owned by the player
  double last_time_ = 0.0;
};

}  // namespace

Napi::Function LivePlayerClass(Napi::Env env) { return Player::Define(env); }

}  // namespace kinetone::binding

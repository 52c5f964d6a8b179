// The addon's export list; nothing else happens here.
#include <napi.h>

#include "binding/exports.h"

namespace {

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports.Set("featureLayout", kinetone::binding::FeatureLayout(env));
  exports.Set("VisionSession", kinetone::binding::VisionSessionClass(env));
  exports.Set("FramePipe", kinetone::binding::FramePipeClass(env));
  exports.Set("opticalFlow", kinetone::binding::OpticalFlowFunction(env));
  exports.Set("outputDevices", kinetone::binding::OutputDevicesFunction(env));
  exports.Set("measureLatency", kinetone::binding::MeasureLatencyFunction(env));
  exports.Set("soundTables", kinetone::binding::SoundTables(env));
  exports.Set("SonifyEngine", kinetone::binding::SonifyEngineClass(env));
  exports.Set("LivePlayer", kinetone::binding::LivePlayerClass(env));
  exports.Set("LoudnessMeter", kinetone::binding::LoudnessMeterClass(env));
  exports.Set("Finalizer", kinetone::binding::FinalizerClass(env));
  exports.Set("peaks", kinetone::binding::PeaksFunction(env));
  exports.Set("clipSound", kinetone::binding::ClipSoundFunction(env));
  exports.Set("VectorMatrix", kinetone::binding::VectorMatrixClass(env));
  exports.Set("BeatNetFeatures", kinetone::binding::BeatNetFeaturesClass(env));
  exports.Set("SongAnalyzer", kinetone::binding::SongAnalyzerClass(env));
  return exports;
}

}  // namespace

NODE_API_MODULE(kinetone, Init)

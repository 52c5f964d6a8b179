// What addon.cc puts on the exports object, one function per line, each defined in the file named beside it.
#pragma once

#include <napi.h>

namespace kinetone::binding {

Napi::Value FeatureLayout(Napi::Env env);  // feature_layout.cc
Napi::Function VisionSessionClass(Napi::Env env);   // vision_session.cc
Napi::Function FramePipeClass(Napi::Env env);       // frame_pipe.cc
Napi::Function OpticalFlowFunction(Napi::Env env);  // optical_flow.cc
Napi::Function OutputDevicesFunction(Napi::Env env);  // audio_devices.cc
Napi::Function MeasureLatencyFunction(Napi::Env env);  // audio_devices.cc
Napi::Value SoundTables(Napi::Env env);             // engine_tables.cc
Napi::Function SonifyEngineClass(Napi::Env env);    // engine.cc
Napi::Function LivePlayerClass(Napi::Env env);      // live_player.cc
Napi::Function LoudnessMeterClass(Napi::Env env);   // mastering.cc
Napi::Function FinalizerClass(Napi::Env env);       // mastering.cc
Napi::Function PeaksFunction(Napi::Env env);        // peaks.cc
Napi::Function ClipSoundFunction(Napi::Env env);    // clip_sound.cc
Napi::Function VectorMatrixClass(Napi::Env env);    // vector_matrix.cc
Napi::Function BeatNetFeaturesClass(Napi::Env env);  // beatnet_features.cc
Napi::Function SongAnalyzerClass(Napi::Env env);    // song_analyzer.cc

}  // namespace kinetone::binding

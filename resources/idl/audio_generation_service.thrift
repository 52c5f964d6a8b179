// The instrument: parameters in, sound out.
include "kinetone.thrift"
namespace js kinetone

struct AudioStreamInfo {
    1: string streamId
    2: i32 sampleRate
    3: i32 channels
    4: double latencyMs
    // portaudio, or null: a clock without a sound device
    5: string backend
    6: string device
    7: string hostApi
    8: i32 bufferFrames
    9: optional string problem
}

service AudioGenerationService {
    AudioStreamInfo generateAudio(1: string sessionId, 2: kinetone.AudioParameters params) throws (1: kinetone.KinetoneError error)
    void updateParameters(1: string sessionId, 2: kinetone.AudioParameters params) throws (1: kinetone.KinetoneError error)
    void stopGeneration(1: string sessionId) throws (1: kinetone.KinetoneError error)
}

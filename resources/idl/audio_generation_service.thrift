// The instrument: parameters in, sound out.
include "kinetone.thrift"
namespace js kinetone

struct AudioStreamInfo {
    1: string streamId
    2: i32 sampleRate
    3: i32 channels
    4: double latencyMs
}

service AudioGenerationService {
    AudioStreamInfo generateAudio(1: string sessionId, 2: kinetone.AudioParameters params) throws (1: kinetone.KinetoneError error)
    void updateParameters(1: string sessionId, 2: kinetone.AudioParameters params) throws (1: kinetone.KinetoneError error)
    void stopGeneration(1: string sessionId) throws (1: kinetone.KinetoneError error)
}

// The eye: frames and films in, features out.
include "kinetone.thrift"
namespace js kinetone

struct AnalysisResult {
    1: string sessionId
    2: i32 frames
    3: kinetone.FeatureData summary
}

service VideoAnalysisService {
    AnalysisResult analyzeFrame(1: binary frameData, 2: i32 frameNumber, 3: string sessionId) throws (1: kinetone.KinetoneError error)
    AnalysisResult analyzeVideo(1: string videoUrl, 2: string sessionId) throws (1: kinetone.KinetoneError error)
}

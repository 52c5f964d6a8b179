// The eye: frames and films in, features out.
include "kinetone.thrift"
namespace js kinetone

// A frame that a newer one overtook has no features; a film has no frame, and a job while it is analysed.
struct AnalysisResult {
    1: string sessionId
    2: i32 frames
    3: optional kinetone.FeatureData features
    4: optional i32 frame
    // seen, skipped, queued or ready
    5: string outcome
    6: optional string jobId
}

service VideoAnalysisService {
    AnalysisResult analyzeFrame(1: binary frameData, 2: i32 frameNumber, 3: string sessionId) throws (1: kinetone.KinetoneError error)
    AnalysisResult analyzeVideo(1: string videoUrl, 2: string sessionId) throws (1: kinetone.KinetoneError error)
}

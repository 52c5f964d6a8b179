// The memory: features kept and asked for by frame.
include "kinetone.thrift"
namespace js kinetone

struct NumberedFeatures {
    1: i32 frame
    2: kinetone.FeatureData features
}

// In order; missing holds the runs (first, last) of frames that are not stored.
struct FeatureSeries {
    1: list<NumberedFeatures> frames
    2: list<list<i32>> missing
}

service FeatureStoreService {
    void storeFeatures(1: string sessionId, 2: i32 frameNumber, 3: kinetone.FeatureData features) throws (1: kinetone.KinetoneError error)
    kinetone.FeatureData getFeatures(1: string sessionId, 2: i32 frameNumber) throws (1: kinetone.KinetoneError error)
    FeatureSeries getFeatureSeries(1: string sessionId, 2: i32 startFrame, 3: i32 endFrame) throws (1: kinetone.KinetoneError error)
}

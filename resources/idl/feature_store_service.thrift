// The memory: features kept and asked for by frame.
include "kinetone.thrift"
namespace js kinetone

struct FeatureSeries {
    1: list<kinetone.FeatureData> frames
    2: i32 startFrame
    3: i32 endFrame
}

service FeatureStoreService {
    void storeFeatures(1: string sessionId, 2: i32 frameNumber, 3: kinetone.FeatureData features) throws (1: kinetone.KinetoneError error)
    kinetone.FeatureData getFeatures(1: string sessionId, 2: i32 frameNumber) throws (1: kinetone.KinetoneError error)
    FeatureSeries getFeatureSeries(1: string sessionId, 2: i32 startFrame, 3: i32 endFrame) throws (1: kinetone.KinetoneError error)
}

// The structures that the three services share. The same documents as src-main/contract/documents, field for field
// (camelCase here, snake_case in JSON); tests/contract compares them.
namespace js kinetone

struct Region {
    1: double x
    2: double y
    3: double w
    4: double h
    5: double magnitude
}

struct MotionFeatures {
    1: double averageMagnitude
    2: list<double> directionHistogram
    3: list<Region> highMotionRegions
}

struct Color {
    1: string hex
    2: double weight
}

struct ColorFeatures {
    1: list<Color> dominantColors
    2: double colorfulness
    3: double brightness
}

struct EdgePattern {
    1: string kind
    2: double strength
    3: double angleDeg
}

struct EdgeFeatures {
    1: double edgeDensity
    2: double horizontalEdgeIntensity
    3: double verticalEdgeIntensity
    4: list<EdgePattern> patterns
}

// In JSON the timestamp is in seconds; here it is in microseconds.
struct FeatureData {
    1: MotionFeatures motion
    2: ColorFeatures color
    3: EdgeFeatures edges
    4: i64 timestamp
    5: double sceneChange
}

struct AudioParameters {
    1: double bassIntensity
    2: double modulationRate
    3: double filterResonance
    4: i32 bpm
    5: double rhythmComplexity
}

exception KinetoneError {
    1: string code
    2: string message
    3: optional string hint
    4: bool retryable
}

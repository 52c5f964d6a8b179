// The column offsets of a feature row, so that a test can compare them with the TypeScript twin.
#include "binding/exports.h"
#include "vision/feature_row.h"

namespace kinetone::binding {

Napi::Value FeatureLayout(Napi::Env env) {
  const auto layout = Napi::Object::New(env);
  const auto set = [&](const char* name, std::size_t value) {
    layout.Set(name, Napi::Number::New(env, static_cast<double>(value)));
  };
  set("columns", vision::kColumns);
  set("magnitude", vision::kMagnitude);
  set("direction", vision::kDirection);
  set("region", vision::kRegion);
  set("color", vision::kColor);
  set("colorfulness", vision::kColorfulness);
  set("brightness", vision::kBrightness);
  set("edgeDensity", vision::kEdgeDensity);
  set("horizontalEdge", vision::kHorizontalEdge);
  set("verticalEdge", vision::kVerticalEdge);
  set("pattern", vision::kPattern);
  set("sceneChange", vision::kSceneChange);
  return layout;
}

}  // namespace kinetone::binding

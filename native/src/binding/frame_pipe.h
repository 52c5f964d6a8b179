// FramePipe for JavaScript, and the way back from its object to the pipe.
#pragma once

#include <napi.h>

#include <memory>

#include "vision/frame_pipe.h"

namespace kinetone::binding {

// Null after throwing 'native-bad-argument'. Main thread.
std::shared_ptr<vision::FramePipe> CheckedFramePipe(Napi::Value value);

}  // namespace kinetone::binding

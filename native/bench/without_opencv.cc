// Stands in for flow_vs_opencv where OpenCV is not installed.
#include <cstdio>

int main() {
  std::puts(R"({"bench":"flow","skipped":"OpenCV is not installed (Debian: apt install libopencv-dev opencv-doc)"})");
  return 0;
}

// Stands in for flow_vs_opencv where OpenCV is not installed.
#include <cstdio>

int main() {
  std::puts(R"({"what":"dense flow, edges, colour, OpenCV","ours":"-","peer":"not installed: apt install libopencv-dev opencv-doc","ratio":null,"bar":"-"})");
  return 0;
}

// What a decoder says on its stderr about each frame it writes (FFmpeg's filter showinfo): when it is shown and in which colours.
// The twin of src-main/adapters/ffmpeg/showinfo.ts for frames that come through a pipe; a test compares the two.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

#include "vision/picture_color.h"

namespace kinetone::vision {

struct FrameNote {
  double time_s;  // NaN for a frame without a time
  PictureColor color;
};

// Any thread, one at a time.
class FilmNotes {
 public:
  // A piece of text of any size.
  void Push(const char* text, std::size_t size);
  // The text has ended: a frame that still waits for its colours has none.
  void End();

  bool has_frame() const { return !frames_.empty(); }
  // The oldest frame described completely. There must be one.
  FrameNote TakeFrame();
  // What was said besides since the last call, in whole lines: the last kTextBytes of it.
  std::string TakeText();

 private:
  static constexpr std::size_t kTextBytes = 16 * 1024;

  void Line(std::string_view line);
  void Frame(std::string_view line);
  void Release(PictureColor color);

  std::string rest_;  // a line that has not ended
  std::string text_;
  std::deque<FrameNote> frames_;
  double numerator_ = 0.0;
  double denominator_ = 0.0;  // 0: no time base yet
  bool is_pending_ = false;
  double pending_s_ = 0.0;  // of the frame whose colours are not known yet
};

}  // namespace kinetone::vision

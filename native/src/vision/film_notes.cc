// Line by line: `config in time_base: 1/15360` once per filter graph, then per frame `n: 0 pts: 512 …` and a line with its
// `color_space`.
#include "vision/film_notes.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

namespace kinetone::vision {
namespace {

constexpr std::string_view kFilter = "Parsed_showinfo";
// A line longer than this is no frame's (the hexadecimal side data of some encoders).
constexpr std::size_t kLineBytes = 64 * 1024;

// Takes `word` and the spaces after it off the front of `text`; false, and nothing taken, when it does not stand there.
bool Skip(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return true;
}

bool SkipNumber(std::string_view& text, std::int64_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

// FFmpeg's names of what is not, or not nearly, BT.601, which is what a file without a name is taken for.
PictureColor ColorNamed(std::string_view name) {
  const std::string_view word = name.substr(0, name.find(' '));
  if (word == "bt709") return PictureColor::kLimitedBt709;
  if (word == "bt2020nc" || word == "bt2020c") return PictureColor::kLimitedBt2020;
  return PictureColor::kLimitedBt601;
}

}  // namespace

void FilmNotes::Push(const char* text, std::size_t size) {
  std::string_view piece(text, size);
  for (;;) {
    const std::size_t end = piece.find_first_of("\r\n");
    if (end == std::string_view::npos) break;
    if (rest_.empty()) {
      Line(piece.substr(0, end));
    } else {
      Line(rest_.append(piece.substr(0, end)));
      rest_.clear();
    }
    piece.remove_prefix(end + 1);
  }
  if (rest_.size() + piece.size() <= kLineBytes) rest_ += piece;
}

void FilmNotes::End() {
  if (!rest_.empty()) Line(rest_);
  rest_.clear();
  Release(PictureColor::kLimitedBt601);
}

FrameNote FilmNotes::TakeFrame() {
  const FrameNote note = frames_.front();
  frames_.pop_front();
  return note;
}

std::string FilmNotes::TakeText() {
  std::string text;
  text.swap(text_);
  return text;
}

void FilmNotes::Release(PictureColor color) {
  if (is_pending_) frames_.push_back({pending_s_, color});
  is_pending_ = false;
}

void FilmNotes::Line(std::string_view line) {
  if (line.find(kFilter) != std::string_view::npos) {
    Frame(line);
    return;
  }
  text_.append(line).push_back('\n');
  if (text_.size() > kTextBytes) text_.erase(0, text_.size() - kTextBytes);
}

void FilmNotes::Frame(std::string_view line) {
  constexpr std::string_view kColor = "color_space:";
  constexpr std::string_view kBase = "config in time_base:";
  line.remove_prefix(std::min(line.find("] "), line.size()));
  if (!Skip(line, "]")) return;
  if (const std::size_t at = line.find(kColor); at != std::string_view::npos) {
    line.remove_prefix(at);
    Skip(line, kColor);
    Release(ColorNamed(line));
    return;
  }
  std::int64_t number = 0;
  if (Skip(line, kBase)) {
    std::int64_t denominator = 0;
    if (!SkipNumber(line, number) || !Skip(line, "/") || !SkipNumber(line, denominator)) return;
    numerator_ = static_cast<double>(number);
    denominator_ = static_cast<double>(denominator);
    return;
  }
  if (!Skip(line, "n:") || !SkipNumber(line, number) || !Skip(line, " ") || !Skip(line, "pts:")) return;
  const bool has_time = SkipNumber(line, number);
  if (!has_time && !line.starts_with("NOPTS")) return;
  Release(PictureColor::kLimitedBt601);
  is_pending_ = true;
  pending_s_ = has_time && denominator_ > 0.0 ? static_cast<double>(number) * numerator_ / denominator_ : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace kinetone::vision

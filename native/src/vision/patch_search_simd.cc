// Eight rows of patches at a time, each lane one patch behind the lane above it (a wavefront): left and upper neighbours are
// done when a patch begins, as in a plain loop over the picture, and eight patches are independent of each other.
#include "vision/patch_search.h"

#include "vision/patch_field.h"
#include "vision/patch_lanes.h"

namespace kinetone::vision::KINETONE_SIMD {
namespace {

constexpr int kSide = 8;
constexpr float kMean = 1.0F / (kSide * kSide);
constexpr float kErrorUnit = static_cast<float>(kWeightSum >> kErrorShift);
// Candidates nearer to each other than this are one: refinement reaches the same minimum from both (px).
constexpr float kSame = 0.25F;
constexpr float kConverged = 0.03F;  // px
// A step that raises the error by more than this factor ends the search.
constexpr float kDiverged = 1.5F;
// Added to the tensor's diagonal: keeps flat patches from chasing noise (grey^2/px^2).
constexpr float kDamping = 0.5F;

float Larger(float a, float b) { return a > b ? a : b; }
float Smaller(float a, float b) { return a < b ? a : b; }
float Magnitude(float a) { return a < 0.0F ? -a : a; }

// One comparison with the other picture. bx, by: mean gradient-weighted residual (grey^2/px); error: mean squared
// difference with the means removed (grey^2).
struct Comparison {
  Floats u, v, bx, by, error;
};

void Take(Comparison& into, const Comparison& from, const Ints& flags) {
  Take(into.u, from.u, flags);
  Take(into.v, from.v, flags);
  Take(into.bx, from.bx, flags);
  Take(into.by, from.by, flags);
  Take(into.error, from.error, flags);
}

// Eight patches of the first picture, ready to be compared. Lanes outside `active` hold old values and are never used.
class Patches {
 public:
  explicit Patches(const PatchSearchLevel& level) : level_(level) {}

  // Lane k's patch at (column[k], row[k]).
  void Load(const Ints& column, const Ints& row, Mask active);
  // At the displacements in c.u, c.v; fills the rest of the lanes in `wanted`.
  void Compare(Comparison& c, Mask wanted);
  void Refine(Comparison& best, Mask active);
  void Store(const Comparison& best, const Ints& index, Mask active, bool with_texture) const;

  Floats x, y;           // origins
  Floats hxx, hxy, hyy;  // structure tensors

 private:
  const PatchSearchLevel& level_;
  Floats luma_, mean_gx_, mean_gy_;
  LaneSums sums_, more_sums_;
  PatchPixels pixels_[kLanes];
};

void Patches::Load(const Ints& column, const Ints& row, Mask active) {
  const Ints origin_x = Gather(level_.origin_x, column);
  const Ints origin_y = Gather(level_.origin_y, row);
  const std::uint8_t* const from = level_.from;
  const std::ptrdiff_t stride = level_.stride;
  for (int k = 0; k < kLanes; ++k) {
    if ((active >> k & 1U) == 0) continue;
    const TextureSums sums = LoadPatch(from + origin_y.at[k] * stride + origin_x.at[k], stride, pixels_[k]);
    sums_.of[k] = sums.first;
    more_sums_.of[k] = sums.second;
  }
  Ints value, sx, sy, xx, xy, yy, none;
  Spread(sums_, value, sx, sy, xx);
  Spread(more_sums_, xy, yy, none, none);
  // The gradients are differences over two pixels: half of them is the slope.
  for (int k = 0; k < kLanes; ++k) {
    x.at[k] = static_cast<float>(origin_x.at[k]);
    y.at[k] = static_cast<float>(origin_y.at[k]);
    luma_.at[k] = static_cast<float>(value.at[k]) * kMean;
    mean_gx_.at[k] = static_cast<float>(sx.at[k]) * (kMean * 0.5F);
    mean_gy_.at[k] = static_cast<float>(sy.at[k]) * (kMean * 0.5F);
    hxx.at[k] = static_cast<float>(xx.at[k]) * (kMean * 0.25F) - mean_gx_.at[k] * mean_gx_.at[k];
    hxy.at[k] = static_cast<float>(xy.at[k]) * (kMean * 0.25F) - mean_gx_.at[k] * mean_gy_.at[k];
    hyy.at[k] = static_cast<float>(yy.at[k]) * (kMean * 0.25F) - mean_gy_.at[k] * mean_gy_.at[k];
  }
}

void Patches::Compare(Comparison& c, Mask wanted) {
  const float least = -static_cast<float>(kPatchReach);
  const float most_x = Larger(static_cast<float>(level_.width - kSide), 0.0F) + kPatchReach;
  const float most_y = Larger(static_cast<float>(level_.height - kSide), 0.0F) + kPatchReach;
  Ints whole_x, whole_y, top, bottom;
  for (int k = 0; k < kLanes; ++k) {
    const float at_x = Smaller(Larger(x.at[k] + c.u.at[k], least), most_x);
    const float at_y = Smaller(Larger(y.at[k] + c.v.at[k], least), most_y);
    // Truncation after a shift to positive numbers is the floor.
    whole_x.at[k] = static_cast<std::int32_t>(at_x + kPatchReach) - kPatchReach;
    whole_y.at[k] = static_cast<std::int32_t>(at_y + kPatchReach) - kPatchReach;
    const auto right = static_cast<std::int32_t>((at_x - static_cast<float>(whole_x.at[k])) * kWeightSum + 0.5F);
    const auto lower = static_cast<std::int32_t>((at_y - static_cast<float>(whole_y.at[k])) * kWeightSum + 0.5F);
    const std::int32_t both = (right * lower + kWeightSum / 2) >> kWeightBits;
    top.at[k] = (kWeightSum - right - lower + both) | (right - both) << 8;
    bottom.at[k] = (lower - both) | both << 8;
  }
  const std::uint8_t* const to = level_.to;
  const std::ptrdiff_t stride = level_.stride;
  for (int k = 0; k < kLanes; ++k) {
    if ((wanted >> k & 1U) == 0) continue;
    sums_.of[k] = SumPatch(to + whole_y.at[k] * stride + whole_x.at[k], stride, {top.at[k], bottom.at[k]}, pixels_[k]);
  }
  Ints gx, gy, residual, squares;
  Spread(sums_, gx, gy, residual, squares);
  for (int k = 0; k < kLanes; ++k) {
    const float mean = static_cast<float>(residual.at[k]) * (kMean / kWeightSum);
    c.bx.at[k] = static_cast<float>(gx.at[k]) * (kMean * 0.5F / kWeightSum) - mean_gx_.at[k] * mean;
    c.by.at[k] = static_cast<float>(gy.at[k]) * (kMean * 0.5F / kWeightSum) - mean_gy_.at[k] * mean;
    c.error.at[k] = Larger(0.0F, static_cast<float>(squares.at[k]) * (kMean / (kErrorUnit * kErrorUnit)) - mean * mean);
  }
}

// Gauss-Newton from a comparison to the best one met; moves at most one patch away from its start.
void Patches::Refine(Comparison& best, Mask active) {
  const Comparison start = best;
  Comparison now = best;
  Floats inverse;
  for (int k = 0; k < kLanes; ++k) {
    inverse.at[k] = 1.0F / ((hxx.at[k] + kDamping) * (hyy.at[k] + kDamping) - hxy.at[k] * hxy.at[k]);
  }
  for (int step = 0; step < level_.max_steps; ++step) {
    Comparison next;
    Ints goes, better, kept;
    for (int k = 0; k < kLanes; ++k) {
      const float du = ((hyy.at[k] + kDamping) * now.bx.at[k] - hxy.at[k] * now.by.at[k]) * inverse.at[k];
      const float dv = ((hxx.at[k] + kDamping) * now.by.at[k] - hxy.at[k] * now.bx.at[k]) * inverse.at[k];
      next.u.at[k] = now.u.at[k] - du;
      next.v.at[k] = now.v.at[k] - dv;
      const int moves = du * du + dv * dv >= kConverged * kConverged ? 1 : 0;
      const int near_x = Magnitude(next.u.at[k] - start.u.at[k]) <= kSide ? 1 : 0;
      const int near_y = Magnitude(next.v.at[k] - start.v.at[k]) <= kSide ? 1 : 0;
      goes.at[k] = moves & near_x & near_y;
    }
    active &= Bits(goes);
    if (active == 0) return;
    Compare(next, active);
    const Ints is_active = Flags(active);
    for (int k = 0; k < kLanes; ++k) {
      better.at[k] = (next.error.at[k] < best.error.at[k] ? 1 : 0) & is_active.at[k];
      kept.at[k] = (next.error.at[k] <= best.error.at[k] * kDiverged ? 1 : 0) & is_active.at[k];
    }
    Take(best, next, better);
    active &= Bits(kept) | Bits(better);
    now = next;
  }
}

void Patches::Store(const Comparison& best, const Ints& index, Mask active, bool with_texture) const {
  const auto outside = [](float start, int length) {
    return Larger(Larger(0.0F, -start), start + kSide - Larger(static_cast<float>(length), kSide));
  };
  Floats trust;
  for (int k = 0; k < kLanes; ++k) {
    const float beyond = Larger(outside(x.at[k] + best.u.at[k], level_.width), outside(y.at[k] + best.v.at[k], level_.height));
    trust.at[k] = Larger(1.0F - beyond * (2.0F / kSide), 0.0F);
  }
  // A copy: the compiler need not fear that these numbers overwrite the addresses.
  const PatchSearchLevel level = level_;
  for (int k = 0; k < kLanes; ++k) {
    if ((active >> k & 1U) == 0) continue;
    const int i = index.at[k];
    level.u[i] = best.u.at[k];
    level.v[i] = best.v.at[k];
    level.error[i] = best.error.at[k];
    level.trust[i] = trust.at[k];
    if (!with_texture) continue;
    level.luma[i] = luma_.at[k];
    level.hxx[i] = hxx.at[k];
    level.hxy[i] = hxy.at[k];
    level.hyy[i] = hyy.at[k];
  }
}

// Where each lane's wavefront stands at one moment.
struct Front {
  Ints column, row, index;
  Mask active = 0;
};

// Lane k is k steps behind; all lanes of a band begin at column 0 of their row.
Front ForwardFront(const PatchSearchLevel& level, int first_row, int step) {
  const int rows = level.rows;
  const int columns = level.columns;
  Front front;
  Ints inside;
  for (int k = 0; k < kLanes; ++k) {
    const int row = first_row + k;
    const int column = step - k;
    inside.at[k] = (row < rows ? 1 : 0) & (column >= 0 ? 1 : 0) & (column < columns ? 1 : 0);
    front.row.at[k] = row * inside.at[k];
    front.column.at[k] = column * inside.at[k];
    front.index.at[k] = front.row.at[k] * columns + front.column.at[k];
  }
  front.active = Bits(inside);
  return front;
}

// The same turned by half a turn: from the last row up and from the last column to the left.
Front BackwardFront(const PatchSearchLevel& level, int first_row, int step) {
  Front front = ForwardFront(level, first_row, step);
  for (int k = 0; k < kLanes; ++k) {
    front.row.at[k] = level.rows - 1 - front.row.at[k];
    front.column.at[k] = level.columns - 1 - front.column.at[k];
    front.index.at[k] = front.row.at[k] * level.columns + front.column.at[k];
  }
  return front;
}

Mask Differs(const Comparison& a, const Comparison& b) {
  Ints flags;
  for (int k = 0; k < kLanes; ++k) {
    const int is_far_u = Magnitude(a.u.at[k] - b.u.at[k]) >= kSame ? 1 : 0;
    const int is_far_v = Magnitude(a.v.at[k] - b.v.at[k]) >= kSame ? 1 : 0;
    flags.at[k] = is_far_u | is_far_v;
  }
  return Bits(flags);
}

// Whether a patch shows more than noise. What one of noise alone is matched with is chance, and the smoothing gives it no say.
Mask Textured(const PatchSearchLevel& level, const Floats& hxx, const Floats& hyy) {
  const float least = kNoiseLimit * level.noise_variance - 1e-3F;
  Ints flags;
  for (int k = 0; k < kLanes; ++k) flags.at[k] = hxx.at[k] + hyy.at[k] > least ? 1 : 0;
  return Bits(flags);
}

// The vectors `offset` patches further on, for the lanes in `present`; anything elsewhere.
Comparison Vectors(const PatchSearchLevel& level, const Ints& index, int offset, Mask present) {
  const Ints is_present = Flags(present);
  Ints at;
  for (int k = 0; k < kLanes; ++k) at.at[k] = (index.at[k] + offset) * is_present.at[k];
  Comparison c;
  c.u = Gather(level.u, at);
  c.v = Gather(level.v, at);
  return c;
}

// Keeps, lane by lane, the candidate that explains its patch best.
void Offer(Patches& patches, Comparison& candidate, Comparison& best, Mask present) {
  const Mask wanted = present & Differs(candidate, best);
  if (wanted == 0) return;
  patches.Compare(candidate, wanted);
  const Ints is_wanted = Flags(wanted);
  Ints better;
  for (int k = 0; k < kLanes; ++k) better.at[k] = (candidate.error.at[k] < best.error.at[k] ? 1 : 0) & is_wanted.at[k];
  Take(best, candidate, better);
}

Comparison Dominant(const PatchSearchLevel& level, const Patches& patches) {
  const float left = static_cast<float>(level.width - 1) * 0.5F - (kSide - 1) * 0.5F;
  const float top = static_cast<float>(level.height - 1) * 0.5F - (kSide - 1) * 0.5F;
  const AffineMotion motion = level.dominant;
  Comparison c;
  for (int k = 0; k < kLanes; ++k) {
    const float x = patches.x.at[k] - left;
    const float y = patches.y.at[k] - top;
    c.u.at[k] = motion.u0 + motion.ux * x + motion.uy * y;
    c.v.at[k] = motion.v0 + motion.vx * x + motion.vy * y;
  }
  return c;
}

// The lanes for which a condition on their column or row holds.
template <typename Condition>
Mask Where(const Ints& numbers, Condition condition) {
  Ints flags;
  for (int k = 0; k < kLanes; ++k) flags.at[k] = condition(numbers.at[k]) ? 1 : 0;
  return Bits(flags);
}

void Forward(const PatchSearchLevel& level) {
  Patches patches(level);
  for (int first_row = 0; first_row < level.rows; first_row += kLanes) {
    for (int step = 0; step < level.columns + kLanes - 1; ++step) {
      const Front front = ForwardFront(level, first_row, step);
      if (front.active == 0) continue;
      patches.Load(front.column, front.row, front.active);
      Comparison best = Vectors(level, front.index, 0, front.active);
      const Mask textured = front.active & Textured(level, patches.hxx, patches.hyy);
      if (textured != 0) patches.Compare(best, textured);
      Take(best.error, Floats{}, Flags(~textured));
      if (textured == 0) {
        patches.Store(best, front.index, front.active, true);
        continue;
      }
      const Mask has_left = textured & Where(front.column, [](int column) { return column > 0; });
      Comparison left = Vectors(level, front.index, -1, has_left);
      Offer(patches, left, best, has_left);
      const Mask has_upper = textured & Where(front.row, [](int row) { return row > 0; });
      Comparison upper = Vectors(level, front.index, -level.columns, has_upper);
      Offer(patches, upper, best, has_upper);
      if (level.has_dominant) {
        Comparison dominant = Dominant(level, patches);
        Offer(patches, dominant, best, textured);
      }
      patches.Refine(best, textured);
      patches.Store(best, front.index, front.active, true);
    }
  }
}

void Backward(const PatchSearchLevel& level) {
  Patches patches(level);
  for (int first_row = 0; first_row < level.rows; first_row += kLanes) {
    for (int step = 0; step < level.columns + kLanes - 1; ++step) {
      const Front front = BackwardFront(level, first_row, step);
      Comparison own = Vectors(level, front.index, 0, front.active);
      const Mask textured = front.active & Textured(level, Gather(level.hxx, front.index), Gather(level.hyy, front.index));
      if (textured == 0) continue;
      const Mask has_right = textured & Where(front.column, [&](int column) { return column + 1 < level.columns; });
      const Mask has_lower = textured & Where(front.row, [&](int row) { return row + 1 < level.rows; });
      Comparison right = Vectors(level, front.index, 1, has_right);
      Comparison lower = Vectors(level, front.index, level.columns, has_lower);
      const Mask wanted = (has_right & Differs(right, own)) | (has_lower & Differs(lower, own));
      if (wanted == 0) continue;
      own.error = Gather(level.error, front.index);
      patches.Load(front.column, front.row, wanted);
      Comparison best = own;
      Offer(patches, right, best, has_right & wanted);
      Offer(patches, lower, best, has_lower & wanted);
      const Mask moved = wanted & Differs(best, own);
      if (moved == 0) continue;
      patches.Refine(best, moved);
      patches.Store(best, front.index, moved, false);
    }
  }
}

}  // namespace

extern const PatchSearchKernels kPatchSearch = {Forward, Backward};

}  // namespace kinetone::vision::KINETONE_SIMD

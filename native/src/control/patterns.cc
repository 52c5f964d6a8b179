// The drum patterns of the six kits: five Euclidean layers each, from a lone pulse to sixteenths. The number of distinct
// onsets per bar never falls as the level rises: a test counts them.
#include "control/rhythm.h"

namespace kinetone::control {
namespace {

using D = Drum;

constexpr RhythmPattern kHousePattern{{
    {0, {0, 1, 2, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4}, {D::kKick, D::kKick, D::kKick}, 1.0f, 0.9f},
    {4, {0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2}, {D::kSnare, D::kClap, D::kClap}, 0.8f, 0.6f},
    {2, {0, 0, 0, 0, 0, 2, 4, 4, 4, 4, 4, 4, 4}, {D::kLowPerc, D::kOpenHat, D::kOpenHat}, 0.7f, 0.7f},
    {0, {0, 0, 0, 0, 0, 0, 0, 5, 7, 9, 11, 13, 16}, {D::kTom, D::kClosedHat, D::kClosedHat}, 0.75f, 0.65f},
    {3, {0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 5, 5}, {D::kLowPerc, D::kLowPerc, D::kHighPerc}, 0.65f, 0.65f},
}};

constexpr RhythmPattern kBreaksPattern{{
    {0, {0, 1, 2, 2, 3, 3, 3, 3, 3, 3, 5, 5, 5}, {D::kKick, D::kKick, D::kKick}, 1.0f, 0.85f},
    {4, {0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, {D::kSnare, D::kSnare, D::kSnare}, 0.95f, 0.5f},
    {0, {0, 0, 0, 0, 0, 4, 8, 8, 8, 8, 8, 8, 8}, {D::kTom, D::kClosedHat, D::kClosedHat}, 0.75f, 0.65f},
    {7, {0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 3, 5, 5}, {D::kTom, D::kSnare, D::kOpenHat}, 0.5f, 0.5f},
    {3, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 9, 16}, {D::kLowPerc, D::kHighPerc, D::kClosedHat}, 0.6f, 0.6f},
}};

constexpr RhythmPattern kTrapPattern{{
    {0, {0, 1, 1, 2, 2, 3, 3, 3, 3, 3, 3, 3, 5}, {D::kKick, D::kKick, D::kKick}, 1.0f, 0.9f},
    {8, {0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, {D::kSnare, D::kClap, D::kClap}, 0.95f, 0.8f},
    {0, {0, 0, 0, 0, 4, 4, 8, 8, 8, 11, 13, 13, 16}, {D::kLowPerc, D::kClosedHat, D::kClosedHat}, 0.75f, 0.65f},
    {6, {0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 2, 3, 3}, {D::kTom, D::kOpenHat, D::kOpenHat}, 0.5f, 0.5f},
    {3, {0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 5, 5, 7}, {D::kTom, D::kHighPerc, D::kHighPerc}, 0.6f, 0.6f},
}};

constexpr RhythmPattern kGlitchPattern{{
    {0, {0, 1, 1, 2, 3, 3, 3, 5, 5, 5, 5, 5, 5}, {D::kKick, D::kKick, D::kKick}, 1.0f, 0.85f},
    {4, {0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3}, {D::kSnare, D::kSnare, D::kClap}, 0.8f, 0.6f},
    {2, {0, 0, 0, 0, 0, 3, 5, 5, 7, 7, 9, 11, 13}, {D::kLowPerc, D::kHighPerc, D::kHighPerc}, 0.55f, 0.5f},
    {0, {0, 0, 0, 0, 0, 0, 0, 3, 5, 7, 9, 11, 16}, {D::kTom, D::kClosedHat, D::kClosedHat}, 0.55f, 0.45f},
    {6, {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 3}, {D::kLowPerc, D::kOpenHat, D::kOpenHat}, 0.4f, 0.4f},
}};

constexpr RhythmPattern kHandPattern{{
    {0, {0, 1, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3}, {D::kKick, D::kLowPerc, D::kLowPerc}, 0.9f, 0.75f},
    {4, {0, 0, 0, 0, 2, 3, 5, 5, 5, 5, 5, 5, 5}, {D::kTom, D::kHighPerc, D::kHighPerc}, 0.7f, 0.65f},
    {0, {0, 0, 0, 0, 0, 4, 4, 4, 8, 8, 8, 11, 16}, {D::kLowPerc, D::kClosedHat, D::kClosedHat}, 0.6f, 0.5f},
    {2, {0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 5, 7, 7}, {D::kTom, D::kTom, D::kHighPerc}, 0.5f, 0.45f},
    {12, {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1}, {D::kSnare, D::kClap, D::kClap}, 0.55f, 0.5f},
}};

constexpr RhythmPattern kSoftPattern{{
    {0, {0, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3}, {D::kKick, D::kKick, D::kKick}, 0.85f, 0.7f},
    {8, {0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, {D::kSnare, D::kSnare, D::kClap}, 0.7f, 0.5f},
    {4, {0, 0, 0, 0, 2, 4, 4, 8, 8, 8, 8, 8, 8}, {D::kTom, D::kClosedHat, D::kClosedHat}, 0.65f, 0.55f},
    {2, {0, 0, 0, 0, 0, 0, 3, 3, 5, 5, 7, 9, 11}, {D::kLowPerc, D::kHighPerc, D::kHighPerc}, 0.55f, 0.55f},
    {10, {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 16}, {D::kTom, D::kOpenHat, D::kClosedHat}, 0.35f, 0.3f},
}};

}  // namespace

const RhythmPattern& PatternOf(Kit kit) {
  switch (kit) {
    case Kit::kBreaks: return kBreaksPattern;
    case Kit::kTrap: return kTrapPattern;
    case Kit::kGlitch: return kGlitchPattern;
    case Kit::kHand: return kHandPattern;
    case Kit::kSoft: return kSoftPattern;
    case Kit::kHouse:
    case Kit::kCount: break;
  }
  return kHousePattern;
}

}  // namespace kinetone::control

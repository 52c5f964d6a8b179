#include "dsp/voice/kits.h"

namespace kinetone::dsp {
namespace {

constexpr auto kBand = NoiseFilter::kBand;
constexpr auto kHigh = NoiseFilter::kHigh;
constexpr auto kLow = NoiseFilter::kLow;

// Round four-on-the-floor kick, clap, bright open hat.
constexpr KitSpec kHouse{
    .drums = {{
        {.hz = 48, .sweep_octaves = 2.6f, .sweep_ms = 13, .tone_ms = 78, .tone = 1, .drive = 0.35f, .noise = 0.25f, .noise_ms = 3, .noise_hz = 3200, .filter = kBand, .room = 0.05f, .human = 0.3f},
        {.hz = 190, .sweep_octaves = 0.5f, .sweep_ms = 8, .tone_ms = 45, .tone = 0.55f, .second_ratio = 1.6f, .second = 0.6f, .noise = 0.8f, .noise_ms = 75, .noise_hz = 2400, .noise_q = 0.6f, .filter = kBand, .gain_db = 3},
        {.noise = 1.7f, .noise_ms = 58, .noise_hz = 1350, .noise_q = 1.3f, .filter = kBand, .bursts = 3, .gain_db = 5, .room = 0.5f},
        {.noise = 0.5f, .noise_ms = 22, .noise_hz = 7800, .filter = kHigh, .metal = 0.6f, .metal_hz = 640, .pan = 0.18f, .gain_db = 4, .room = 0.12f},
        {.noise = 0.55f, .noise_ms = 80, .noise_hz = 7200, .filter = kHigh, .metal = 0.7f, .metal_hz = 620, .pan = 0.18f, .gain_db = 3, .room = 0.18f},
        {.hz = 185, .sweep_octaves = 0.25f, .sweep_ms = 30, .tone_ms = 80, .tone = 0.8f, .noise = 0.1f, .noise_ms = 8, .noise_hz = 1800, .pan = -0.35f, .gain_db = -1, .room = 0.4f},
        {.hz = 420, .sweep_octaves = 0.15f, .sweep_ms = 20, .tone_ms = 55, .tone = 0.6f, .second_ratio = 1.51f, .second = 0.5f, .noise = 0.15f, .noise_ms = 8, .noise_hz = 3500, .pan = 0.4f, .gain_db = -3, .room = 0.4f},
        {.hz = 92, .sweep_octaves = 0.9f, .sweep_ms = 40, .tone_ms = 72, .tone = 0.9f, .noise = 0.7f, .noise_ms = 14, .noise_hz = 2600, .pan = -0.25f, .gain_db = 1, .room = 0.4f},
        {.noise = 0.6f, .noise_ms = 620, .noise_hz = 5200, .filter = kHigh, .metal = 0.5f, .metal_hz = 480, .pan = -0.15f, .gain_db = -2, .room = 0.5f},
        {.hz = 36, .sweep_octaves = 2.4f, .sweep_ms = 120, .tone_ms = 240, .tone = 0.9f, .drive = 0.3f, .noise = 2.2f, .noise_ms = 105, .noise_hz = 1900, .noise_q = 0.5f, .filter = kBand, .gain_db = -2, .room = 0.8f, .human = 0},
    }},
    .duck_bass = 0.42f, .duck_pad = 0.5f, .duck_ms = 190, .room_seconds = 0.5f, .trim_db = 0};

// Tight acoustic-like breaks: punchy kick, long cracking snare, short hats.
constexpr KitSpec kBreaks{
    .drums = {{
        {.hz = 58, .sweep_octaves = 1.9f, .sweep_ms = 11, .tone_ms = 85, .tone = 1, .drive = 0.5f, .noise = 0.4f, .noise_ms = 5, .noise_hz = 2600, .room = 0.12f, .human = 0.6f},
        {.hz = 212, .sweep_octaves = 0.35f, .sweep_ms = 9, .tone_ms = 60, .tone = 0.75f, .second_ratio = 1.52f, .second = 0.7f, .drive = 0.4f, .noise = 1.1f, .noise_ms = 66, .noise_hz = 3300, .noise_q = 0.5f, .gain_db = 4, .room = 0.35f},
        {.noise = 1.5f, .noise_ms = 60, .noise_hz = 1700, .noise_q = 1.1f, .bursts = 2, .gain_db = 3, .room = 0.4f},
        {.noise = 0.5f, .noise_ms = 26, .noise_hz = 6800, .filter = kHigh, .metal = 0.5f, .metal_hz = 710, .pan = 0.25f, .gain_db = 4, .room = 0.2f},
        {.noise = 0.55f, .noise_ms = 150, .noise_hz = 6400, .filter = kHigh, .metal = 0.5f, .metal_hz = 690, .pan = 0.25f, .gain_db = 3, .room = 0.25f},
        {.hz = 150, .sweep_octaves = 0.4f, .sweep_ms = 20, .tone_ms = 60, .tone = 0.7f, .noise = 0.2f, .noise_ms = 10, .noise_hz = 1500, .pan = -0.3f, .gain_db = -1, .room = 0.3f},
        {.hz = 520, .sweep_octaves = 0.1f, .sweep_ms = 10, .tone_ms = 30, .tone = 0.5f, .second_ratio = 1.41f, .second = 0.5f, .noise = 0.4f, .noise_ms = 14, .noise_hz = 4200, .pan = 0.35f, .gain_db = 2, .room = 0.3f},
        {.hz = 110, .sweep_octaves = 0.7f, .sweep_ms = 30, .tone_ms = 66, .tone = 0.9f, .drive = 0.3f, .noise = 0.7f, .noise_ms = 14, .noise_hz = 2600, .pan = -0.2f, .gain_db = 2, .room = 0.35f},
        {.noise = 0.7f, .noise_ms = 520, .noise_hz = 4600, .filter = kHigh, .metal = 0.45f, .metal_hz = 450, .pan = -0.2f, .gain_db = -2, .room = 0.4f},
        {.hz = 40, .sweep_octaves = 2.8f, .sweep_ms = 90, .tone_ms = 220, .tone = 0.9f, .drive = 0.6f, .noise = 2.3f, .noise_ms = 90, .noise_hz = 2400, .noise_q = 0.5f, .filter = kBand, .gain_db = -2, .room = 0.7f, .human = 0},
    }},
    .duck_bass = 0.38f, .duck_pad = 0.3f, .duck_ms = 110, .room_seconds = 0.35f, .trim_db = -2.5f};

// Long low kick, snapping clap on three, fast thin hats.
constexpr KitSpec kTrap{
    .drums = {{
        {.hz = 44, .sweep_octaves = 2.3f, .sweep_ms = 20, .tone_ms = 210, .tone = 1, .drive = 0.55f, .noise = 0.2f, .noise_ms = 2, .noise_hz = 4000, .room = 0.02f, .human = 0.2f},
        {.hz = 240, .sweep_octaves = 0.4f, .sweep_ms = 6, .tone_ms = 35, .tone = 0.5f, .second_ratio = 1.7f, .second = 0.6f, .noise = 0.9f, .noise_ms = 90, .noise_hz = 4200, .noise_q = 0.6f, .gain_db = 3, .room = 0.4f},
        {.noise = 1.9f, .noise_ms = 65, .noise_hz = 1900, .noise_q = 1.0f, .bursts = 4, .gain_db = 5, .room = 0.55f},
        {.noise = 0.35f, .noise_ms = 14, .noise_hz = 9200, .filter = kHigh, .metal = 0.75f, .metal_hz = 830, .pan = 0.1f, .gain_db = 5, .room = 0.06f},
        {.noise = 0.4f, .noise_ms = 110, .noise_hz = 8600, .filter = kHigh, .metal = 0.75f, .metal_hz = 800, .pan = 0.1f, .gain_db = 2, .room = 0.12f},
        {.hz = 120, .sweep_octaves = 0.6f, .sweep_ms = 60, .tone_ms = 140, .tone = 0.8f, .drive = 0.3f, .pan = -0.4f, .gain_db = 0, .room = 0.3f},
        {.hz = 810, .sweep_octaves = 0.05f, .sweep_ms = 8, .tone_ms = 24, .tone = 0.5f, .second_ratio = 1.48f, .second = 0.8f, .noise = 0.2f, .noise_ms = 6, .noise_hz = 5200, .pan = 0.45f, .gain_db = -4, .room = 0.35f},
        {.hz = 78, .sweep_octaves = 1.2f, .sweep_ms = 70, .tone_ms = 120, .tone = 0.9f, .drive = 0.4f, .noise = 0.7f, .noise_ms = 14, .noise_hz = 2600, .pan = -0.2f, .gain_db = 1, .room = 0.3f},
        {.noise = 0.5f, .noise_ms = 800, .noise_hz = 6200, .filter = kHigh, .metal = 0.6f, .metal_hz = 560, .pan = 0.2f, .gain_db = -3, .room = 0.5f},
        {.hz = 33, .sweep_octaves = 2.6f, .sweep_ms = 180, .tone_ms = 330, .tone = 0.95f, .drive = 0.6f, .noise = 2.1f, .noise_ms = 100, .noise_hz = 1700, .noise_q = 0.5f, .filter = kBand, .gain_db = -2, .room = 0.7f, .human = 0},
    }},
    .duck_bass = 0.45f, .duck_pad = 0.35f, .duck_ms = 240, .room_seconds = 0.4f, .trim_db = 0};

// Clicks, zaps and bit-like blips.
constexpr KitSpec kGlitch{
    .drums = {{
        {.hz = 62, .sweep_octaves = 4.2f, .sweep_ms = 7, .tone_ms = 70, .tone = 1, .drive = 0.7f, .noise = 0.5f, .noise_ms = 2, .noise_hz = 5200, .room = 0.08f, .human = 0.4f},
        {.hz = 330, .sweep_octaves = 2.5f, .sweep_ms = 4, .tone_ms = 30, .tone = 0.7f, .drive = 0.5f, .noise = 0.9f, .noise_ms = 34, .noise_hz = 5600, .noise_q = 1.6f, .gain_db = 3, .room = 0.3f},
        {.noise = 1.6f, .noise_ms = 26, .noise_hz = 2600, .noise_q = 2.4f, .bursts = 4, .gain_db = 4, .room = 0.45f},
        {.noise = 0.3f, .noise_ms = 7, .noise_hz = 9800, .filter = kHigh, .metal = 0.8f, .metal_hz = 1010, .pan = -0.4f, .gain_db = 8, .room = 0.15f},
        {.noise = 0.2f, .noise_ms = 70, .noise_hz = 6000, .noise_q = 3, .filter = kBand, .metal = 0.9f, .metal_hz = 930, .pan = 0.45f, .gain_db = 8, .room = 0.3f},
        {.hz = 140, .sweep_octaves = -1.2f, .sweep_ms = 26, .tone_ms = 40, .tone = 0.8f, .drive = 0.6f, .pan = -0.55f, .gain_db = 0, .room = 0.35f},
        {.hz = 1180, .sweep_octaves = 1.6f, .sweep_ms = 9, .tone_ms = 18, .tone = 0.6f, .drive = 0.2f, .pan = 0.6f, .gain_db = -3, .room = 0.5f},
        {.hz = 96, .sweep_octaves = 2.8f, .sweep_ms = 34, .tone_ms = 48, .tone = 0.9f, .drive = 0.6f, .noise = 0.7f, .noise_ms = 14, .noise_hz = 2600, .pan = 0.2f, .gain_db = 1, .room = 0.3f},
        {.noise = 0.5f, .noise_ms = 320, .noise_hz = 7200, .noise_q = 1.2f, .filter = kBand, .metal = 0.8f, .metal_hz = 770, .pan = -0.3f, .gain_db = 0, .room = 0.6f},
        {.hz = 46, .sweep_octaves = 5, .sweep_ms = 80, .tone_ms = 190, .tone = 0.9f, .drive = 0.7f, .noise = 2.0f, .noise_ms = 70, .noise_hz = 3200, .noise_q = 0.8f, .filter = kBand, .gain_db = -3, .room = 0.8f, .human = 0},
    }},
    .duck_bass = 0.38f, .duck_pad = 0.45f, .duck_ms = 90, .room_seconds = 0.3f, .trim_db = 0};

// Skins and shakers: cajon, congas, shaker, woodblock.
constexpr KitSpec kHand{
    .drums = {{
        {.hz = 66, .sweep_octaves = 0.9f, .sweep_ms = 16, .tone_ms = 95, .tone = 1, .drive = 0.15f, .noise = 0.3f, .noise_ms = 12, .noise_hz = 420, .filter = kLow, .room = 0.25f},
        {.hz = 168, .sweep_octaves = 0.3f, .sweep_ms = 10, .tone_ms = 40, .tone = 0.5f, .second_ratio = 2.1f, .second = 0.4f, .noise = 0.8f, .noise_ms = 45, .noise_hz = 1900, .noise_q = 0.7f, .gain_db = 3, .room = 0.45f},
        {.noise = 1.4f, .noise_ms = 48, .noise_hz = 1150, .noise_q = 1.6f, .bursts = 2, .pan = 0.1f, .gain_db = 3, .room = 0.6f},
        {.noise = 0.9f, .noise_ms = 30, .noise_hz = 6200, .noise_q = 1.1f, .filter = kBand, .hold_ms = 12, .pan = 0.35f, .gain_db = 7, .room = 0.25f},
        {.noise = 0.9f, .noise_ms = 90, .noise_hz = 5400, .noise_q = 1.0f, .filter = kBand, .hold_ms = 25, .pan = -0.35f, .gain_db = 7, .room = 0.3f},
        {.hz = 172, .sweep_octaves = 0.22f, .sweep_ms = 26, .tone_ms = 120, .tone = 0.9f, .second_ratio = 1.59f, .second = 0.25f, .noise = 0.25f, .noise_ms = 6, .noise_hz = 1400, .pan = -0.3f, .gain_db = 2, .room = 0.45f},
        {.hz = 268, .sweep_octaves = 0.18f, .sweep_ms = 18, .tone_ms = 85, .tone = 0.85f, .second_ratio = 1.62f, .second = 0.3f, .noise = 0.35f, .noise_ms = 6, .noise_hz = 2200, .pan = 0.3f, .gain_db = 1, .room = 0.45f},
        {.hz = 118, .sweep_octaves = 0.3f, .sweep_ms = 34, .tone_ms = 102, .tone = 0.9f, .second_ratio = 1.56f, .second = 0.2f, .noise = 0.7f, .noise_ms = 14, .noise_hz = 2600, .pan = -0.1f, .gain_db = 3, .room = 0.45f},
        {.noise = 0.5f, .noise_ms = 480, .noise_hz = 5600, .filter = kHigh, .metal = 0.35f, .metal_hz = 520, .pan = 0.2f, .gain_db = -3, .room = 0.6f},
        {.hz = 48, .sweep_octaves = 1.3f, .sweep_ms = 60, .tone_ms = 260, .tone = 1, .drive = 0.2f, .noise = 2.0f, .noise_ms = 85, .noise_hz = 1300, .noise_q = 0.5f, .filter = kBand, .gain_db = -2, .room = 0.8f, .human = 0},
    }},
    .duck_bass = 0.3f, .duck_pad = 0.2f, .duck_ms = 140, .room_seconds = 0.8f, .trim_db = 2.5f};

// Felt and brushes.
constexpr KitSpec kSoft{
    .drums = {{
        {.hz = 50, .sweep_octaves = 1.1f, .sweep_ms = 20, .tone_ms = 130, .tone = 1, .noise = 0.12f, .noise_ms = 8, .noise_hz = 700, .filter = kLow, .room = 0.2f},
        {.hz = 176, .sweep_octaves = 0.2f, .sweep_ms = 8, .tone_ms = 34, .tone = 0.25f, .noise = 0.7f, .noise_ms = 95, .noise_hz = 2600, .noise_q = 0.5f, .hold_ms = 14, .gain_db = 0, .room = 0.5f},
        {.noise = 1.1f, .noise_ms = 55, .noise_hz = 1500, .noise_q = 1.0f, .bursts = 2, .gain_db = 1, .room = 0.6f},
        {.noise = 0.6f, .noise_ms = 26, .noise_hz = 7000, .noise_q = 0.8f, .filter = kBand, .metal = 0.1f, .pan = 0.3f, .gain_db = 5, .room = 0.3f},
        {.noise = 0.6f, .noise_ms = 160, .noise_hz = 6000, .noise_q = 0.7f, .filter = kBand, .metal = 0.15f, .hold_ms = 30, .pan = -0.3f, .gain_db = 3, .room = 0.4f},
        {.hz = 146, .sweep_octaves = 0.2f, .sweep_ms = 30, .tone_ms = 130, .tone = 0.7f, .noise = 0.06f, .noise_ms = 8, .noise_hz = 900, .pan = -0.35f, .gain_db = 0, .room = 0.5f},
        {.hz = 590, .sweep_octaves = 0.05f, .sweep_ms = 8, .tone_ms = 60, .tone = 0.4f, .second_ratio = 2.76f, .second = 0.25f, .pan = 0.4f, .gain_db = -4, .room = 0.6f},
        {.hz = 98, .sweep_octaves = 0.35f, .sweep_ms = 40, .tone_ms = 126, .tone = 0.8f, .noise = 0.7f, .noise_ms = 14, .noise_hz = 2600, .pan = -0.15f, .gain_db = 1, .room = 0.5f},
        {.noise = 0.55f, .noise_ms = 750, .noise_hz = 4200, .noise_q = 0.6f, .filter = kBand, .metal = 0.2f, .metal_hz = 500, .hold_ms = 40, .pan = 0.1f, .gain_db = -5, .room = 0.7f},
        {.hz = 42, .sweep_octaves = 1.2f, .sweep_ms = 110, .tone_ms = 320, .tone = 0.9f, .noise = 1.8f, .noise_ms = 110, .noise_hz = 1100, .noise_q = 0.5f, .filter = kBand, .gain_db = -4, .room = 0.9f, .human = 0},
    }},
    .duck_bass = 0.28f, .duck_pad = 0.25f, .duck_ms = 220, .room_seconds = 1.1f, .trim_db = 5};

}  // namespace

const KitSpec& KitOf(control::Kit kit) {
  switch (kit) {
    case control::Kit::kBreaks: return kBreaks;
    case control::Kit::kTrap: return kTrap;
    case control::Kit::kGlitch: return kGlitch;
    case control::Kit::kHand: return kHand;
    case control::Kit::kSoft: return kSoft;
    case control::Kit::kHouse:
    case control::Kit::kCount: break;
  }
  return kHouse;
}

}  // namespace kinetone::dsp

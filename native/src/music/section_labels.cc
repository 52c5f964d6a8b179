#include "music/section_labels.h"

#include <algorithm>
#include <cmath>

namespace kinetone::music {
namespace {

constexpr double kSilence = 0.02;
// Squared distance of two sections' means (BarSound) up to which they are one part heard twice.
constexpr double kSamePart = 0.22;
constexpr double kMuchQuieter = 0.72, kNearlyAsLoud = 0.93;

double MeanEnergy(const std::vector<float>& energy, double start, double end) {
  double sum = 0, seconds = 0;
  for (auto s = static_cast<std::size_t>(start); s < energy.size() && static_cast<double>(s) < end; ++s) {
    const double part = std::min(end, static_cast<double>(s + 1)) - std::max(start, static_cast<double>(s));
    sum += part * static_cast<double>(energy[s]);
    seconds += part;
  }
  return seconds > 0 ? sum / seconds : 0;
}

BarSound MeanSound(const HeardSection& section, const std::vector<BarSound>& bars) {
  BarSound mean{};
  for (std::size_t b = section.first_bar; b < section.end_bar; ++b) {
    for (std::size_t i = 0; i < kBarSound; ++i) mean[i] += bars[b][i] / static_cast<float>(section.end_bar - section.first_bar);
  }
  return mean;
}

// A group's number for each section: that of the nearest earlier section that sounds the same, else a new one.
std::vector<std::size_t> GroupsOf(const std::vector<HeardSection>& heard, const std::vector<BarSound>& bars) {
  std::vector<BarSound> means;
  std::vector<std::size_t> groups;
  std::size_t count = 0;
  for (const HeardSection& section : heard) {
    means.push_back(MeanSound(section, bars));
    double nearest = kSamePart;
    std::size_t group = count;
    for (std::size_t i = 0; i + 1 < means.size(); ++i) {
      const double distance = Distance(means[i], means.back());
      if (distance < nearest) nearest = distance, group = groups[i];
    }
    groups.push_back(group);
    count = std::max(count, group + 1);
  }
  return groups;
}

struct GroupFacts {
  std::size_t times = 0;
  double seconds = 0, energy = 0;
};

std::vector<GroupFacts> FactsOf(const std::vector<Section>& sections, const std::vector<std::size_t>& groups) {
  std::vector<GroupFacts> facts;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    if (groups[i] >= facts.size()) facts.resize(groups[i] + 1);
    GroupFacts& group = facts[groups[i]];
    const double seconds = sections[i].end - sections[i].start;
    group.energy = (group.energy * group.seconds + sections[i].energy * seconds) / (group.seconds + seconds);
    group.seconds += seconds;
    ++group.times;
  }
  return facts;
}

std::size_t ChorusGroup(const std::vector<GroupFacts>& facts) {
  std::size_t chorus = 0;
  const auto rank = [&](std::size_t g) { return facts[g].energy + (facts[g].times > 1 ? 0.15 : 0); };
  for (std::size_t g = 1; g < facts.size(); ++g) {
    if (rank(g) > rank(chorus)) chorus = g;
  }
  return chorus;
}

}  // namespace

std::vector<Section> LabelSections(const std::vector<HeardSection>& heard, const std::vector<BarSound>& bars, const std::vector<float>& energy) {
  std::vector<Section> sections;
  for (const HeardSection& section : heard) sections.push_back({section.start, section.end, SectionLabel::kVerse, MeanEnergy(energy, section.start, section.end)});
  if (sections.empty()) return sections;
  const std::vector<std::size_t> groups = GroupsOf(heard, bars);
  const std::vector<GroupFacts> facts = FactsOf(sections, groups);
  const std::size_t chorus = ChorusGroup(facts), last = sections.size() - 1;
  const double chorus_energy = facts[chorus].energy;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    Section& section = sections[i];
    const bool is_once = facts[groups[i]].times == 1;
    const double around = i > 0 && i < last ? std::min(sections[i - 1].energy, sections[i + 1].energy) : 0;
    const bool is_late = section.start > 0.45 * sections.back().end;
    if (section.energy < kSilence) section.label = SectionLabel::kSilence;
    else if (i == 0 && last > 0 && (is_once || section.energy < kNearlyAsLoud * chorus_energy)) section.label = SectionLabel::kIntro;
    else if (i == last && last > 0 && (is_once || section.energy < kNearlyAsLoud * chorus_energy)) section.label = SectionLabel::kOutro;
    else if (groups[i] == chorus && last > 0) section.label = SectionLabel::kChorus;
    else if (section.energy < kMuchQuieter * around) section.label = SectionLabel::kBreak;
    else if (is_once && is_late) section.label = section.energy > kNearlyAsLoud * chorus_energy ? SectionLabel::kSolo : SectionLabel::kBridge;
  }
  return sections;
}

}  // namespace kinetone::music

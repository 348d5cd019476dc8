#include "affinity/placement.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "affinity/placement_units.h"

namespace affinity {
namespace {

// Layout is one way to spread the stages, tried in the order of kLayouts until one has room.
struct Layout {
  // Which stages get a whole core: the SMT siblings stay empty.
  bool whole_core_for_critical;
  bool whole_core_for_all;
  // Keep the first core that is not isolated (its first CPU when cores are short) for the operating
  // system and the program's other threads.
  bool keep_first_core;
  bool keep_first_cpu;
};

constexpr Layout kLayouts[] = {
    {true, true, true, false},    // whole cores, one more for the rest of the system
    {true, true, false, false},   // whole cores; the system uses the siblings
    {true, false, false, true},   // whole cores for the critical stages only
    {true, false, false, false},  //
    {false, false, false, true},  // a hardware thread each
    {false, false, false, false},
};

// Planner holds one call of Place.
class Planner {
 public:
  Planner(const Machine& machine, const CpuSet& candidates, std::vector<PlacementUnit> units)
      : candidates_(candidates), units_(std::move(units)) {
    for (const Cpu& cpu : machine.cpus) {
      if (!cpu.online) continue;
      cpus_.emplace(cpu.id, cpu);
      cores_[cpu.core].Add(cpu.id);
    }
    for (const PlacementUnit& unit : units_) {
      if (unit.is_explicit) pinned_.Add(unit.cpu);
    }
  }

  std::vector<PlacementUnit> Run() {
    for (const Layout& layout : kLayouts) {
      if (auto placed = TryApart(layout)) return *placed;
    }
    return Shared();
  }

 private:
  const Cpu& At(int cpu) const { return cpus_.at(cpu); }

  int Tier(int cpu) const { return (At(cpu).isolated ? 2 : 0) + (At(cpu).nohz_full ? 1 : 0); }

  const CpuSet& CoreOf(int cpu) const { return cores_.at(At(cpu).core); }

  // Kept is what `layout` leaves to the rest of the system.
  CpuSet Kept(const Layout& layout) const {
    if (!layout.keep_first_core && !layout.keep_first_cpu) return {};
    for (const int cpu : candidates_) {
      if (At(cpu).isolated || CoreOf(cpu).Intersects(pinned_)) continue;
      return layout.keep_first_core ? CoreOf(cpu) : CpuSet{cpu};
    }
    return {};
  }

  // VisitOrder is the order in which the units without an explicit CPU choose: the pipeline's,
  // critical stages first where CPUs differ in what they are worth.
  std::vector<std::size_t> VisitOrder(const CpuSet& free, bool critical_first) const {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < units_.size(); ++i) {
      if (!units_[i].is_explicit) order.push_back(i);
    }
    for (const int cpu : free) critical_first |= Tier(cpu) != Tier(free.First());
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      if (critical_first) return units_[a].stage_class < units_[b].stage_class;
      return units_[a].position < units_[b].position;
    });
    return order;
  }

  // DomainRanks orders the L3 domains in which `need` stages should be placed one after the other:
  // where explicit stages are, then one that fits them all with the least left over, else the
  // largest and its neighbours. `slots` holds the first CPU of every place to be had.
  std::map<int, int> DomainRanks(const CpuSet& slots, int need, bool any_critical) const {
    struct Domain {
      int slots = 0;
      int pins = 0;
      int isolated = 0;
      const Cpu* first = nullptr;
    };
    std::map<int, Domain> domains;
    for (const int cpu : slots | pinned_) {
      Domain& domain = domains[At(cpu).l3];
      if (domain.first == nullptr) domain.first = &At(cpu);
      if (pinned_.Contains(cpu)) ++domain.pins;
      if (!slots.Contains(cpu)) continue;
      ++domain.slots;
      if (any_critical && At(cpu).isolated) ++domain.isolated;
    }
    std::map<int, int> ranks;
    const Cpu* before = nullptr;
    while (!domains.empty()) {
      const auto score = [&](const std::pair<const int, Domain>& entry) {
        const Domain& domain = entry.second;
        const bool fits = domain.slots >= need;
        return std::make_tuple(-domain.pins, -std::min(domain.isolated, need),
                               before != nullptr && domain.first->node != before->node,
                               before != nullptr && domain.first->package != before->package, !fits,
                               fits ? domain.slots - need : -domain.slots, entry.first);
      };
      const auto best =
          std::min_element(domains.begin(), domains.end(),
                           [&](const auto& a, const auto& b) { return score(a) < score(b); });
      ranks.emplace(best->first, static_cast<int>(ranks.size()));
      need = std::max(0, need - best->second.slots);
      before = best->second.first;
      domains.erase(best);
    }
    return ranks;
  }

  // Pick returns the best of `slots` for a stage.
  int Pick(StageClass stage_class, const CpuSet& slots, const CpuSet& used,
           std::map<int, int>& ranks) const {
    int best = CpuSet::kNone;
    std::tuple<int, int, int, int, int> best_score;
    for (const int cpu : slots) {
      // Background stages leave the prepared CPUs to the others.
      const int tier = stage_class == StageClass::kBackground ? Tier(cpu) : -Tier(cpu);
      const auto score =
          std::make_tuple(tier, ranks[At(cpu).l3], (CoreOf(cpu) & used).size(), At(cpu).core, cpu);
      if (best != CpuSet::kNone && !(score < best_score)) continue;
      best = cpu;
      best_score = score;
    }
    return best;
  }

  // WholeCores returns the first usable CPU of every core without a stage and without a kept CPU.
  CpuSet WholeCores(const CpuSet& free, const CpuSet& taken) const {
    CpuSet slots, cores;
    for (const int cpu : free) {
      if (cores.Contains(At(cpu).core) || CoreOf(cpu).Intersects(taken)) continue;
      cores.Add(At(cpu).core);
      slots.Add(cpu);
    }
    return slots;
  }

  bool WantsWholeCore(const Layout& layout, StageClass stage_class) const {
    return layout.whole_core_for_all ||
           (layout.whole_core_for_critical && stage_class == StageClass::kCritical);
  }

  // TryApart gives each unit a CPU of its own, or nothing when the layout has no room.
  std::optional<std::vector<PlacementUnit>> TryApart(const Layout& layout) const {
    const CpuSet kept = Kept(layout);
    CpuSet free = candidates_ - pinned_ - kept;
    CpuSet used = pinned_;
    // What a whole core must not touch: other stages and their whole cores, kept CPUs.
    CpuSet closed = pinned_ | kept;
    for (const PlacementUnit& unit : units_) {
      if (unit.is_explicit && WantsWholeCore(layout, unit.stage_class)) free -= CoreOf(unit.cpu);
    }
    const bool mixed = layout.whole_core_for_critical && !layout.whole_core_for_all;
    const std::vector<std::size_t> order = VisitOrder(free, mixed);
    const CpuSet places = layout.whole_core_for_all ? WholeCores(free, closed) : free;
    std::map<int, int> ranks = DomainRanks(places, static_cast<int>(order.size()), AnyCritical());

    std::vector<PlacementUnit> placed = units_;
    for (const std::size_t index : order) {
      PlacementUnit& unit = placed[index];
      const bool whole = WantsWholeCore(layout, unit.stage_class);
      unit.cpu = Pick(unit.stage_class, whole ? WholeCores(free, closed) : free, used, ranks);
      if (unit.cpu == CpuSet::kNone) return std::nullopt;
      used.Add(unit.cpu);
      closed.Add(unit.cpu);
      free -= whole ? CoreOf(unit.cpu) : CpuSet{unit.cpu};
    }
    return placed;
  }

  bool AnyCritical() const {
    return std::any_of(units_.begin(), units_.end(), [](const PlacementUnit& unit) {
      return unit.stage_class == StageClass::kCritical;
    });
  }

  // Shared places more units than there are CPUs. Critical stages keep a CPU to themselves as long
  // as one is left for the others, then normal stages; what remains is cut into runs of neighbours,
  // because a hand-over inside one CPU costs no cache line transfer.
  std::vector<PlacementUnit> Shared() const {
    CpuSet free = candidates_ - pinned_;
    if (free.empty()) free = PinnedToShare();
    const bool over_pins = free.Intersects(pinned_);
    const std::vector<std::size_t> order = VisitOrder(free, false);
    std::map<int, int> ranks = DomainRanks(free, static_cast<int>(order.size()), AnyCritical());

    std::vector<PlacementUnit> placed = units_;
    std::vector<std::size_t> rest = order;
    CpuSet used = pinned_;
    for (const StageClass alone : {StageClass::kCritical, StageClass::kNormal}) {
      const auto is_alone = [&](std::size_t i) { return units_[i].stage_class == alone; };
      const auto count = std::count_if(rest.begin(), rest.end(), is_alone);
      if (over_pins || count >= free.size()) break;
      for (const std::size_t index : rest) {
        if (!is_alone(index)) continue;
        placed[index].cpu = Pick(alone, free, used, ranks);
        used.Add(placed[index].cpu);
        free.Remove(placed[index].cpu);
      }
      rest.erase(std::remove_if(rest.begin(), rest.end(), is_alone), rest.end());
    }
    std::sort(rest.begin(), rest.end());
    PlaceRuns(rest, free, ranks, placed);
    return placed;
  }

  // PinnedToShare is where stages go when explicit ones hold every CPU: not to the critical ones,
  // if there are others.
  CpuSet PinnedToShare() const {
    CpuSet shared;
    for (const PlacementUnit& unit : units_) {
      if (unit.is_explicit && unit.stage_class != StageClass::kCritical) shared.Add(unit.cpu);
    }
    return shared.empty() ? pinned_ : shared;
  }

  // PlaceRuns cuts `rest` into one run of neighbours per CPU, of about the same weight.
  void PlaceRuns(const std::vector<std::size_t>& rest, const CpuSet& free,
                 std::map<int, int>& ranks, std::vector<PlacementUnit>& placed) const {
    std::vector<int> cpus(free.begin(), free.end());
    std::stable_sort(cpus.begin(), cpus.end(),
                     [&](int a, int b) { return ranks[At(a).l3] < ranks[At(b).l3]; });
    // Two for a stage of the pipeline proper, one for a background stage.
    const auto weight = [&](std::size_t index) {
      return units_[index].stage_class == StageClass::kBackground ? 1 : 2;
    };
    int left = 0;
    for (const std::size_t index : rest) left += weight(index);
    std::size_t next = 0;
    for (std::size_t run = 0; run < cpus.size() && next < rest.size(); ++run) {
      const auto runs_left = static_cast<int>(cpus.size() - run);
      const int target = left;
      int taken = 0;
      // A run ends where one stage more would miss the even share by more than stopping does, and
      // early enough to leave a stage for each CPU.
      while (next < rest.size() &&
             (taken == 0 || ((2 * taken + weight(rest[next])) * runs_left <= 2 * target &&
                             rest.size() - next >= static_cast<std::size_t>(runs_left)))) {
        taken += weight(rest[next]);
        placed[rest[next]].cpu = cpus[run];
        ++next;
      }
      left -= taken;
    }
  }

  // The online CPUs by id, and those of each core by its key.
  std::map<int, Cpu> cpus_;
  std::map<int, CpuSet> cores_;
  CpuSet candidates_;
  CpuSet pinned_;
  std::vector<PlacementUnit> units_;
};

}  // namespace

absl::StatusOr<Placement> Place(const Machine& machine, const CpuSet& allowed,
                                const std::vector<StageRequest>& requests) {
  const CpuSet candidates = allowed & machine.Online();
  if (candidates.empty()) {
    return absl::FailedPreconditionError("no CPU to place stages on: allowed are " +
                                         allowed.Describe() + ", online are " +
                                         machine.Online().Describe());
  }
  absl::StatusOr<std::vector<PlacementUnit>> units = PlacementUnits(machine, candidates, requests);
  if (!units.ok()) return units.status();
  return DescribePlacement(machine, candidates, requests,
                           Planner(machine, candidates, *std::move(units)).Run());
}

}  // namespace affinity

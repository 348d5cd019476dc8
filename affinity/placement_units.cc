#include "affinity/placement_units.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/status/status.h"

namespace affinity {
namespace {

absl::Status Refused(const std::string& message) { return absl::InvalidArgumentError(message); }

std::string Stage(const StageRequest& request) { return "stage \"" + request.name + "\""; }

absl::Status CheckPin(const Machine& machine, const CpuSet& candidates,
                      const StageRequest& request) {
  const int cpu = *request.cpu;
  if (candidates.Contains(cpu)) return absl::OkStatus();
  const std::string asked = Stage(request) + " asks for CPU " + std::to_string(cpu);
  const std::string choice = "; choose one of " + candidates.Describe() + " or leave it out";
  const Cpu* found = machine.Find(cpu);
  if (found == nullptr) return Refused(asked + ", which is not on this machine" + choice);
  if (!found->online) {
    return Refused(asked + ", which is offline" + choice +
                   "; to bring it back: echo 1 | sudo tee /sys/devices/system/cpu/cpu" +
                   std::to_string(cpu) + "/online");
  }
  return Refused(asked + ", which this process may not use" + choice +
                 ", or widen the mask (taskset -c) or the cpuset of the container");
}

// Root follows shares_with to the request that shares with nobody; npos for a circle.
std::size_t Root(const std::vector<std::size_t>& parents, std::size_t index) {
  for (std::size_t steps = 0; steps <= parents.size(); ++steps) {
    if (parents[index] == index) return index;
    index = parents[index];
  }
  return std::string::npos;
}

// Parents resolves shares_with to indices; a request that shares with nobody is its own parent.
absl::StatusOr<std::vector<std::size_t>> Parents(const std::vector<StageRequest>& requests) {
  std::map<std::string, std::size_t> index_of;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (requests[i].name.empty()) {
      return Refused("stage " + std::to_string(i) + " has no name; reasons and warnings need one");
    }
    if (!index_of.emplace(requests[i].name, i).second) {
      return Refused("two stages are named \"" + requests[i].name + "\"; rename one");
    }
  }
  std::vector<std::size_t> parents(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    parents[i] = i;
    const StageRequest& request = requests[i];
    if (!request.shares_with) continue;
    const std::string wish = Stage(request) + " shares with \"" + *request.shares_with + "\"";
    if (request.cpu) {
      return Refused(wish + " and asks for CPU " + std::to_string(*request.cpu) +
                     "; give the CPU to \"" + *request.shares_with + "\" only");
    }
    const auto found = index_of.find(*request.shares_with);
    if (found == index_of.end()) return Refused(wish + ", which is no stage of this plan");
    parents[i] = found->second;
  }
  return parents;
}

}  // namespace

absl::StatusOr<std::vector<PlacementUnit>> PlacementUnits(
    const Machine& machine, const CpuSet& candidates, const std::vector<StageRequest>& requests) {
  const absl::StatusOr<std::vector<std::size_t>> parents = Parents(requests);
  if (!parents.ok()) return parents.status();

  std::map<std::size_t, PlacementUnit> by_root;
  std::map<int, std::size_t> owner_of_cpu;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const std::size_t root = Root(*parents, i);
    if (root == std::string::npos) {
      return Refused(Stage(requests[i]) +
                     " shares with itself in the end; one stage of the circle must not share");
    }
    PlacementUnit& unit = by_root[root];
    unit.members.push_back(i);
    unit.position = root;
    // kCritical is the lowest value.
    unit.stage_class = std::min(unit.stage_class, requests[i].stage_class);
    if (!requests[i].cpu) continue;
    const absl::Status status = CheckPin(machine, candidates, requests[i]);
    if (!status.ok()) return status;
    const auto [owner, added] = owner_of_cpu.emplace(*requests[i].cpu, i);
    if (!added) {
      return Refused("stages \"" + requests[owner->second].name + "\" and \"" + requests[i].name +
                     "\" both ask for CPU " + std::to_string(*requests[i].cpu) +
                     "; if they should share it, let one say shares_with");
    }
    unit.cpu = *requests[i].cpu;
    unit.is_explicit = true;
  }

  std::vector<PlacementUnit> units;
  for (auto& [root, unit] : by_root) units.push_back(std::move(unit));
  return units;
}

}  // namespace affinity

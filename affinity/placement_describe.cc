// The words of a plan: why each stage is where it is, and what the user should know.

#include <map>
#include <string>
#include <vector>

#include "affinity/placement_units.h"
#include "affinity/text_table.h"

namespace affinity {
namespace {

// Joined is "a", "a and b", "a, b and c".
std::string Joined(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

std::string OnCpu(const StagePlace& stage) {
  return stage.name + " (CPU " + std::to_string(stage.cpu) + ")";
}

// Describer gathers who is where before it explains.
class Describer {
 public:
  Describer(const Machine& machine, const CpuSet& candidates,
            const std::vector<StageRequest>& requests, const std::vector<PlacementUnit>& units)
      : machine_(machine), candidates_(candidates), requests_(requests) {
    plan_.stages.resize(requests.size());
    for (const PlacementUnit& unit : units) {
      for (const std::size_t i : unit.members) {
        plan_.stages[i].name = requests[i].name;
        plan_.stages[i].cpu = unit.cpu;
      }
    }
    for (const StagePlace& stage : plan_.stages) {
      used_.Add(stage.cpu);
      names_on_cpu_[stage.cpu].push_back(stage.name);
    }
  }

  Placement Run() {
    plan_.unused = candidates_ - used_;
    for (std::size_t i = 0; i < plan_.stages.size(); ++i) {
      StagePlace& stage = plan_.stages[i];
      stage.alone = names_on_cpu_[stage.cpu].size() == 1;
      stage.alone_on_core = stage.alone && (CoreOf(stage.cpu) & used_).size() == 1;
      stage.reason = Reason(i);
    }
    WarnOfSharedCpus();
    WarnOfSharedCores();
    WarnOfIsolation();
    WarnOfCrossings();
    if (plan_.unused.empty() && names_on_cpu_.size() == plan_.stages.size() &&
        !plan_.stages.empty()) {
      plan_.warnings.push_back("every allowed CPU (" + candidates_.Format() +
                               ") has a stage: the kernel and the program's other threads will "
                               "interrupt the stages");
    }
    return plan_;
  }

 private:
  const Cpu& At(int cpu) const { return *machine_.Find(cpu); }
  CpuSet CoreOf(int cpu) const { return machine_.Core(At(cpu).core); }

  std::string Reason(std::size_t i) const {
    const StagePlace& stage = plan_.stages[i];
    const StageRequest& request = requests_[i];
    std::string reason;
    if (request.cpu) {
      reason = "asked for";
    } else if (request.shares_with) {
      reason = "shares with " + *request.shares_with + ", as asked";
    } else if (!stage.alone) {
      reason = "shares the CPU, there are too few";
    } else if (!stage.alone_on_core) {
      reason = "a hardware thread of a core in use";
    } else {
      reason = CoreOf(stage.cpu).size() > 1 ? "a whole core" : "a core";
    }
    if (At(stage.cpu).isolated) reason += ", isolated";
    if (At(stage.cpu).nohz_full) reason += ", nohz_full";
    if (i == 0 || plan_.stages[i - 1].cpu == stage.cpu) return reason;
    const StagePlace& before = plan_.stages[i - 1];
    const bool same = At(before.cpu).l3 == At(stage.cpu).l3;
    return reason + (same ? ", same L3 as " : ", other L3 than ") + before.name;
  }

  void WarnOfSharedCpus() {
    std::string text;
    for (const auto& [cpu, names] : names_on_cpu_) {
      if (names.size() < 2) continue;
      text += (text.empty() ? "" : "; ") + Joined(names) + " share CPU " + std::to_string(cpu);
    }
    if (text.empty()) return;
    plan_.sharing = std::to_string(candidates_.size()) +
                    (candidates_.size() == 1 ? " CPU for " : " CPUs for ") +
                    std::to_string(plan_.stages.size()) + " threads: " + text +
                    "; threads that share a CPU must yield or block, not spin";
  }

  void WarnOfSharedCores() {
    std::map<int, std::vector<std::string>> by_core;
    for (const StagePlace& stage : plan_.stages)
      by_core[At(stage.cpu).core].push_back(OnCpu(stage));
    for (const auto& [core, names] : by_core) {
      if ((machine_.Core(core) & used_).size() < 2) continue;
      plan_.warnings.push_back(Joined(names) +
                               " run on hardware threads of one core and slow each other down");
    }
  }

  void WarnOfIsolation() {
    const CpuSet forbidden = machine_.Isolated() - candidates_;
    std::vector<std::string> exposed;
    for (std::size_t i = 0; i < plan_.stages.size(); ++i) {
      const bool critical = requests_[i].stage_class == StageClass::kCritical;
      if (critical && !At(plan_.stages[i].cpu).isolated) exposed.push_back(OnCpu(plan_.stages[i]));
    }
    // Machines without isolated CPUs are the normal case: nothing to say about the plan there.
    if (!exposed.empty() && !machine_.Isolated().empty()) {
      plan_.warnings.push_back(
          Joined(exposed) +
          " critical, but not on an isolated CPU (isolated: " + machine_.Isolated().Format() + ")");
    }
    if (!forbidden.empty()) {
      plan_.warnings.push_back("the isolated CPUs " + forbidden.Format() +
                               " are not allowed to this process; start it with: taskset -c " +
                               (forbidden | candidates_).Format() + " COMMAND");
    }
  }

  void WarnOfCrossings() {
    for (std::size_t i = 1; i < plan_.stages.size(); ++i) {
      const StagePlace &from = plan_.stages[i - 1], &to = plan_.stages[i];
      const Cpu &a = At(from.cpu), &b = At(to.cpu);
      if (a.l3 == b.l3) continue;
      const char* what = a.package != b.package ? "packages"
                         : a.node != b.node     ? "memory nodes"
                                                : "L3 caches";
      plan_.warnings.push_back("the hand-over from " + OnCpu(from) + " to " + OnCpu(to) +
                               " crosses " + what);
    }
  }

  const Machine& machine_;
  const CpuSet& candidates_;
  const std::vector<StageRequest>& requests_;
  Placement plan_;
  CpuSet used_;
  std::map<int, std::vector<std::string>> names_on_cpu_;
};

}  // namespace

Placement DescribePlacement(const Machine& machine, const CpuSet& candidates,
                            const std::vector<StageRequest>& requests,
                            const std::vector<PlacementUnit>& units) {
  return Describer(machine, candidates, requests, units).Run();
}

std::string Placement::Table() const {
  std::vector<std::vector<std::string>> rows = {{"stage", "CPU", "alone", "why"}};
  for (const StagePlace& stage : stages) {
    rows.push_back({stage.name, std::to_string(stage.cpu),
                    stage.alone_on_core ? "core"
                    : stage.alone       ? "CPU"
                                        : "no",
                    stage.reason});
  }
  std::string text = FormatTable(rows);
  text += "unused CPUs: " + unused.Describe() + "\n";
  if (!sharing.empty()) text += "warning: " + sharing + "\n";
  for (const std::string& warning : warnings) text += "warning: " + warning + "\n";
  return text;
}

}  // namespace affinity

// ReadMachine: the rules of reading /sys, each forced by a machine that exists.

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "affinity/machine.h"
#include "affinity/root_directory.h"
#include "affinity/system_cpus.h"

namespace affinity {
namespace {

constexpr char kCpuDirectory[] = "sys/devices/system/cpu";
constexpr char kNodeDirectory[] = "sys/devices/system/node";
// Node ids on real machines are below 1,024; the bound is against hostile trees.
constexpr int kMaxNodes = 1 << 16;

// Flags counts what is wrong by kind, because one quirk usually repeats in every CPU's directory.
class Flags {
 public:
  void Add(const std::string& kind, const std::string& example) {
    Entry& entry = entries_[kind];
    if (entry.count++ == 0) entry.example = example;
  }
  void AppendTo(std::vector<std::string>& sentences) const {
    for (const auto& [kind, entry] : entries_) {
      std::string sentence = kind + " (" + entry.example;
      if (entry.count > 1) sentence += " and " + std::to_string(entry.count - 1) + " more";
      sentences.push_back(sentence + ")");
    }
  }

 private:
  struct Entry {
    int count = 0;
    std::string example;
  };
  std::map<std::string, Entry> entries_;
};

class MachineReader {
 public:
  explicit MachineReader(const std::string& root) : root_(root) {}

  absl::StatusOr<Machine> Run() {
    SystemCpus system = ReadSystemCpus(root_);
    if (system.online.empty()) {
      return absl::NotFoundError(std::string("no CPU found in /") + kCpuDirectory +
                                 "; is /sys mounted there?");
    }
    online_ = system.online;
    std::map<int, CpuSet> cores, caches;
    for (const int cpu : online_) {
      cores[cpu] = ReadCore(cpu);
      caches[cpu] = ReadL3(cpu);
    }
    CheckSymmetry("the SMT siblings contradict each other", cores);
    CheckSymmetry("the CPUs of an L3 contradict each other", caches);
    const std::map<int, int> nodes = ReadNodes();

    Machine machine;
    for (const int id : system.present) {
      Cpu cpu;
      cpu.id = cpu.core = cpu.l3 = id;
      cpu.online = online_.Contains(id);
      cpu.isolated = system.isolated.Contains(id);
      cpu.nohz_full = system.nohz_full.Contains(id);
      if (cpu.online) {
        cpu.core = cores[id].First();
        cpu.smt_rank = (cores[id] & CpuSet::Range(0, id)).size() - 1;
        cpu.package = ReadNumber(Topology(id, "physical_package_id"));
        if (!caches[id].empty()) cpu.l3 = caches[id].First();
        if (const auto node = nodes.find(id); node != nodes.end()) cpu.node = node->second;
      }
      machine.cpus.push_back(cpu);
    }
    FillMissingL3(caches, machine);
    if (nodes.empty()) flags_.Add("no memory node data", std::string("/") + kNodeDirectory);
    machine.flags = std::move(system.notes);
    machine.flags.insert(machine.flags.end(), notes_.begin(), notes_.end());
    flags_.AppendTo(machine.flags);
    return machine;
  }

 private:
  static std::string CpuPath(int cpu) {
    return std::string(kCpuDirectory) + "/cpu" + std::to_string(cpu) + "/";
  }
  static std::string Topology(int cpu, const std::string& name) {
    return CpuPath(cpu) + "topology/" + name;
  }

  // ReadNumber is absent for missing files, for text that is no number, and for negative numbers,
  // with which the kernel says that it does not know.
  std::optional<int> ReadNumber(const std::string& path) const {
    const std::string text = root_.Read(path).text;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = end == text.data() + text.size() || *end == '\n' || *end == '\0';
    if (error != std::errc() || !whole || value < 0) return std::nullopt;
    return value;
  }

  // ReadSet prefers the mask to the list: lists are missing on old kernels, and wrong on one.
  // Offline CPUs are dropped; some files still name them.
  std::optional<CpuSet> ReadSet(const std::string& mask_path, const std::string& list_path) {
    const std::optional<CpuSet> mask = ReadCpuMask(root_, mask_path, notes_);
    const std::optional<CpuSet> list = ReadCpuList(root_, list_path, notes_);
    if (mask && list && *mask != *list) {
      flags_.Add("a list contradicts its mask, the mask counts", "/" + list_path);
    }
    if (!mask && !list) return std::nullopt;
    return (mask ? *mask : *list) & online_;
  }

  // WithItself repairs a set that leaves out the CPU in whose directory it stands.
  CpuSet WithItself(CpuSet set, int cpu, const std::string& path) {
    if (!set.Contains(cpu)) flags_.Add("a CPU set leaves out its own CPU", "/" + path);
    set.Add(cpu);
    return set;
  }

  CpuSet ReadCore(int cpu) {
    // The second name is the older one; a machine may have either or both.
    for (const char* name : {"core_cpus", "thread_siblings"}) {
      const std::string path = Topology(cpu, name);
      if (const auto set = ReadSet(path, path + "_list")) return WithItself(*set, cpu, path);
    }
    flags_.Add("SMT siblings unknown, each CPU counts as a core", "/" + Topology(cpu, "core_cpus"));
    return CpuSet{cpu};
  }

  // ReadL3 returns the CPUs that share a level 3 cache with `cpu`; empty when there is none. The
  // number in "index3" is not the level.
  CpuSet ReadL3(int cpu) {
    const std::string directory = CpuPath(cpu) + "cache";
    for (const int index : root_.NumberedNames(directory, "index", 64)) {
      const std::string cache = directory + "/index" + std::to_string(index) + "/";
      if (ReadNumber(cache + "level") != 3) continue;
      if (root_.Read(cache + "type").text.compare(0, 11, "Instruction") == 0) continue;
      const std::string path = cache + "shared_cpu_map";
      if (const auto set = ReadSet(path, cache + "shared_cpu_list")) {
        return WithItself(*set, cpu, path);
      }
    }
    return {};
  }

  void CheckSymmetry(const std::string& kind, const std::map<int, CpuSet>& sets) {
    for (const auto& [cpu, set] : sets) {
      if (set.empty() || sets.at(set.First()) == set) continue;
      flags_.Add(kind, "CPU " + std::to_string(cpu) + " says " + set.Format() + ", CPU " +
                           std::to_string(set.First()) + " says " +
                           sets.at(set.First()).Describe());
    }
  }

  // Die is absent where the kernel only says that it has no die data: -1, or a "die" of one CPU.
  std::optional<int> ReadDie(int cpu) {
    const auto cpus = ReadSet(Topology(cpu, "die_cpus"), Topology(cpu, "die_cpus_list"));
    if (cpus && cpus->size() < 2) return std::nullopt;
    return ReadNumber(Topology(cpu, "die_id"));
  }

  // FillMissingL3 makes one domain per package and die of the CPUs without L3 data.
  void FillMissingL3(const std::map<int, CpuSet>& caches, Machine& machine) {
    std::map<std::pair<std::optional<int>, std::optional<int>>, int> first_of;
    for (Cpu& cpu : machine.cpus) {
      if (!cpu.online || !caches.at(cpu.id).empty()) continue;
      cpu.l3 = first_of.emplace(std::pair(cpu.package, ReadDie(cpu.id)), cpu.id).first->second;
      flags_.Add("no L3 data, one L3 per package and die is assumed",
                 "CPU " + std::to_string(cpu.id));
    }
  }

  // ReadNodes returns the node of each CPU. It lists directories: the files `online`, `has_cpu` and
  // their like are missing or stale on some machines.
  std::map<int, int> ReadNodes() {
    std::map<int, int> node_of;
    for (const int node : root_.NumberedNames(kNodeDirectory, "node", kMaxNodes)) {
      const std::string path = std::string(kNodeDirectory) + "/node" + std::to_string(node) + "/";
      const std::optional<CpuSet> cpus = ReadSet(path + "cpumap", path + "cpulist");
      if (!cpus) {
        flags_.Add("the CPUs of a node are unknown", "/" + path);
        continue;
      }
      for (const int cpu : *cpus) {
        const auto [first, added] = node_of.emplace(cpu, node);
        if (!added) {
          flags_.Add("a CPU is in two nodes, the lower one counts",
                     "CPU " + std::to_string(cpu) + " in " + std::to_string(first->second) +
                         " and " + std::to_string(node));
        }
      }
    }
    return node_of;
  }

  RootDirectory root_;
  CpuSet online_;
  std::vector<std::string> notes_;
  Flags flags_;
};

}  // namespace

absl::StatusOr<Machine> ReadMachine(const std::string& root) { return MachineReader(root).Run(); }

}  // namespace affinity

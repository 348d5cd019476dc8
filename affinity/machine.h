#ifndef AFFINITY_MACHINE_H_
#define AFFINITY_MACHINE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "affinity/cpu_set.h"

namespace affinity {

// Cpu is one logical CPU. Ids that group CPUs (core, l3) are the lowest online CPU of the group:
// the kernel's own core and cache numbers have gaps, repeat across packages and may be missing.
struct Cpu {
  int id = 0;
  bool online = true;
  bool isolated = false;
  bool nohz_full = false;
  // The lowest online CPU of the physical core; equal to `id` when the siblings are unknown.
  int core = 0;
  // 0 for the first online CPU of its core, 1 for the second, ...
  int smt_rank = 0;
  // The lowest online CPU that shares the L3. Without L3 data the CPUs of one package count as one
  // domain and Machine::flags says so.
  int l3 = 0;
  // The kernel's physical_package_id and node number; absent when missing.
  std::optional<int> package;
  std::optional<int> node;

  friend bool operator==(const Cpu&, const Cpu&) = default;
};

// Machine is what the planner knows of a computer: plain data, read from a directory or built by a
// test.
struct Machine {
  // Ascending by id, offline CPUs included.
  std::vector<Cpu> cpus;
  // Sentences: what was missing or contradictory, with the file and what was used instead.
  std::vector<std::string> flags;

  [[nodiscard]] const Cpu* Find(int cpu) const;
  [[nodiscard]] CpuSet Online() const;
  [[nodiscard]] CpuSet Isolated() const;
  // The online CPUs of one core or L3, by the key in Cpu.
  [[nodiscard]] CpuSet Core(int core) const;
  [[nodiscard]] CpuSet L3(int l3) const;

  // Table prints one line per CPU, then the flags.
  [[nodiscard]] std::string Table() const;
};

// ReadMachine reads the topology under `root`: "/" for the live system, or a directory with a copy
// of its /sys. Reads no affinity mask: what the process may use is AllowedCpus.
//
//   Fails    when no CPU can be found at all. Everything else that is missing or contradictory
//            becomes a flag.
//   Cost     a few files per CPU; cold path.
absl::StatusOr<Machine> ReadMachine(const std::string& root = "/");

}  // namespace affinity

#endif  // AFFINITY_MACHINE_H_

#include "affinity/machine.h"

#include "affinity/text_table.h"

namespace affinity {
namespace {

template <typename Predicate>
CpuSet OnlineWhere(const std::vector<Cpu>& cpus, Predicate predicate) {
  CpuSet set;
  for (const Cpu& cpu : cpus) {
    if (cpu.online && predicate(cpu)) set.Add(cpu.id);
  }
  return set;
}

std::string TextOf(const std::optional<int>& number) {
  return number ? std::to_string(*number) : "?";
}

}  // namespace

const Cpu* Machine::Find(int cpu) const {
  for (const Cpu& candidate : cpus) {
    if (candidate.id == cpu) return &candidate;
  }
  return nullptr;
}

CpuSet Machine::Online() const {
  return OnlineWhere(cpus, [](const Cpu&) { return true; });
}

CpuSet Machine::Isolated() const {
  return OnlineWhere(cpus, [](const Cpu& cpu) { return cpu.isolated; });
}

CpuSet Machine::Core(int core) const {
  return OnlineWhere(cpus, [core](const Cpu& cpu) { return cpu.core == core; });
}

CpuSet Machine::L3(int l3) const {
  return OnlineWhere(cpus, [l3](const Cpu& cpu) { return cpu.l3 == l3; });
}

std::string Machine::Table() const {
  std::vector<std::vector<std::string>> rows = {
      {"CPU", "core", "thread", "L3", "package", "node", "state"}};
  for (const Cpu& cpu : cpus) {
    if (!cpu.online) {
      rows.push_back({std::to_string(cpu.id), "-", "-", "-", "-", "-", "offline"});
      continue;
    }
    std::string state = "online";
    if (cpu.isolated) state += ", isolated";
    if (cpu.nohz_full) state += ", nohz_full";
    rows.push_back({std::to_string(cpu.id), std::to_string(cpu.core), std::to_string(cpu.smt_rank),
                    std::to_string(cpu.l3), TextOf(cpu.package), TextOf(cpu.node), state});
  }
  std::string text = FormatTable(rows);
  for (const std::string& flag : flags) text += "note: " + flag + "\n";
  return text;
}

}  // namespace affinity

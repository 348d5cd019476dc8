#include "affinity/allowed_cpus.h"

#include <unistd.h>

#include <utility>

#include "absl/status/status.h"
#include "affinity/cgroup_cpuset.h"
#include "affinity/root_directory.h"
#include "affinity/system_cpus.h"
#include "affinity/thread_affinity.h"

namespace affinity {
namespace {

// IsDefaultMask tells whether the mask only leaves out what the kernel or systemd leaves out by
// itself: the CPUs prepared for programs like this one.
bool IsDefaultMask(const CpuSet& mask, const CpuSet& possible, const AllowedCpus& allowed) {
  const CpuSet left = mask & possible;
  if (left == possible) return false;
  return left == possible - allowed.isolated ||
         left == possible - (allowed.isolated | allowed.nohz_full);
}

}  // namespace

std::string AllowedCpus::WhyNot(int cpu) const {
  if (usable.Contains(cpu)) return "";
  const std::string id = std::to_string(cpu);
  if (!present.Contains(cpu)) {
    return "CPU " + id + " is not on this machine, which has " + present.Describe();
  }
  if (!online.Contains(cpu)) {
    return "CPU " + id + " is offline (online: " + online.Describe() +
           "); to bring it back: echo 1 | sudo tee /sys/devices/system/cpu/cpu" + id + "/online";
  }
  if (cpuset && !cpuset->Contains(cpu)) {
    return "CPU " + id + " is outside the cpuset " + cpuset->Describe() + " of this process (" +
           cpuset_file + "); widen it there, with docker --cpuset-cpus or systemd AllowedCPUs=";
  }
  return "CPU " + id + " is outside the affinity mask " + mask.Describe() +
         " of this process; start it with: taskset -c " + (mask | CpuSet{cpu}).Format() +
         " COMMAND";
}

absl::StatusOr<AllowedCpus> ReadAllowedCpus(const std::string& root, const CpuSet& mask,
                                            MaskReading reading) {
  const RootDirectory directory(root);
  SystemCpus system = ReadSystemCpus(directory);
  CgroupCpuset cgroup = FindCgroupCpuset(directory);

  AllowedCpus allowed;
  allowed.mask = mask;
  allowed.present = std::move(system.present);
  allowed.online = std::move(system.online);
  allowed.isolated = std::move(system.isolated);
  allowed.nohz_full = std::move(system.nohz_full);
  allowed.notes = std::move(system.notes);
  allowed.notes.insert(allowed.notes.end(), cgroup.notes.begin(), cgroup.notes.end());
  if (cgroup.found) {
    allowed.cpuset = std::move(cgroup.cpus);
    allowed.cpuset_file = std::move(cgroup.file);
  }
  // Without any /sys (a minimal sandbox) the kernel's mask is still the truth.
  if (allowed.online.empty()) {
    allowed.online = allowed.present = mask;
    allowed.notes.push_back("no CPU in /sys/devices/system/cpu; the mask " + mask.Describe() +
                            " counts as online");
  }

  const CpuSet possible = allowed.cpuset ? allowed.online & *allowed.cpuset : allowed.online;
  const bool set_aside = reading == MaskReading::kIgnore ||
                         (reading == MaskReading::kAuto && IsDefaultMask(mask, possible, allowed));
  allowed.usable = set_aside ? possible : possible & mask;
  if (set_aside && allowed.usable != (possible & mask)) {
    allowed.notes.push_back(reading == MaskReading::kIgnore
                                ? "the affinity mask " + mask.Describe() + " is ignored, as asked"
                                : "the affinity mask " + mask.Describe() +
                                      " is the default without the isolated or nohz_full CPUs " +
                                      (possible - mask).Describe() + ", which are used too");
  }
  if (allowed.usable.empty()) {
    return absl::FailedPreconditionError(
        "no CPU is usable: online " + allowed.online.Describe() + ", cpuset " +
        (allowed.cpuset ? allowed.cpuset->Describe() : "unknown") + ", affinity mask " +
        mask.Describe() + "; widen the mask with taskset -c or the cpuset of the container");
  }
  return allowed;
}

absl::StatusOr<AllowedCpus> ReadAllowedCpus(MaskReading reading) {
  const absl::StatusOr<CpuSet> mask = ReadThreadAffinity(::getpid());
  if (!mask.ok()) return mask.status();
  return ReadAllowedCpus("/", *mask, reading);
}

}  // namespace affinity

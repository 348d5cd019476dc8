#include "affinity/allowed_cpus.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/affinity/fake_root.h"

namespace affinity {
namespace {

constexpr char kOnline[] = "sys/devices/system/cpu/online";
constexpr char kIsolated[] = "sys/devices/system/cpu/isolated";
constexpr char kNohzFull[] = "sys/devices/system/cpu/nohz_full";

AllowedCpus Read(const FakeRoot& root, const CpuSet& mask,
                 MaskReading reading = MaskReading::kAuto) {
  const absl::StatusOr<AllowedCpus> allowed = ReadAllowedCpus(root.path(), mask, reading);
  EXPECT_TRUE(allowed.ok()) << allowed.status();
  return allowed.ok() ? *allowed : AllowedCpus();
}

TEST(AllowedCpusTest, ThisProcessHasAtLeastOneUsableCpu) {
  const absl::StatusOr<AllowedCpus> allowed = ReadAllowedCpus();
  ASSERT_TRUE(allowed.ok()) << allowed.status();
  EXPECT_FALSE(allowed->usable.empty());
  EXPECT_TRUE(allowed->online.ContainsAll(allowed->usable));
  EXPECT_TRUE(!allowed->cpuset || allowed->cpuset->ContainsAll(allowed->usable));
}

TEST(AllowedCpusTest, UsableIsOnlineAndInTheMask) {
  FakeRoot root;
  root.Write(kOnline, "0-3\n");
  root.Write("sys/devices/system/cpu/present", "0-7\n");
  const AllowedCpus allowed = Read(root, {2, 3, 4, 5});
  EXPECT_EQ(allowed.usable, (CpuSet{2, 3}));
  EXPECT_EQ(allowed.WhyNot(2), "");
  EXPECT_EQ(allowed.WhyNot(5),
            "CPU 5 is offline (online: 0-3); to bring it back: echo 1 | sudo tee "
            "/sys/devices/system/cpu/cpu5/online");
  EXPECT_EQ(allowed.WhyNot(8), "CPU 8 is not on this machine, which has 0-7");
  EXPECT_EQ(allowed.WhyNot(0),
            "CPU 0 is outside the affinity mask 2-5 of this process; start it with: taskset -c "
            "0,2-5 COMMAND");
}

TEST(AllowedCpusTest, UsableIsInTheCpusetOfCgroupVersion2) {
  FakeRoot root;
  root.Write(kOnline, "0-7\n");
  root.Write("proc/mounts", "cgroup2 /cg\\040two cgroup2 rw 0 0\n");
  root.Write("proc/self/cgroup", "0::/pod/app\n");
  root.Write("cg two/pod/cpuset.cpus.effective", "4-6\n");
  const AllowedCpus allowed = Read(root, CpuSet::Range(0, 7));
  EXPECT_EQ(allowed.usable, (CpuSet{4, 5, 6}));
  EXPECT_EQ(allowed.cpuset_file, "/cg two/pod/cpuset.cpus.effective");
  EXPECT_EQ(allowed.WhyNot(0),
            "CPU 0 is outside the cpuset 4-6 of this process (/cg two/pod/cpuset.cpus.effective); "
            "widen it there, with docker --cpuset-cpus or systemd AllowedCPUs=");
}

// On hybrid hosts the "0::" line is there although version 1 manages the CPUs.
TEST(AllowedCpusTest, CgroupVersion1DecidesOnHybridHosts) {
  FakeRoot root;
  root.Write(kOnline, "0-7\n");
  root.Write("proc/mounts",
             "cgroup2 /cg/unified cgroup2 rw 0 0\n"
             "cgroup /cg/cpu cgroup rw,cpu 0 0\n"
             "cgroup /cg/cpuset cgroup rw,relatime,cpuset 0 0\n");
  root.Write("proc/self/cgroup", "3:cpuset:/docker/abc\n2:cpu:/elsewhere\n0::/app\n");
  root.Write("cg/unified/app/cpuset.cpus.effective", "0-7\n");
  // A container sees its own group at the mount point.
  root.Write("cg/cpuset/cpuset.cpus", "1-2\n");
  EXPECT_EQ(Read(root, CpuSet::Range(0, 7)).usable, (CpuSet{1, 2}));
}

TEST(AllowedCpusTest, ReadsTheOldestCpusetFilesWithoutPrefix) {
  FakeRoot root;
  root.Write(kOnline, "0-7\n");
  root.Write("proc/mounts", "none /dev/cpuset cgroup rw,cpuset,noprefix 0 0\n");
  root.Write("proc/self/cpuset", "/job\n");
  root.Write("dev/cpuset/cpus", "0-7\n");
  root.Write("dev/cpuset/job/cpus", "3\n");
  EXPECT_EQ(Read(root, CpuSet::Range(0, 7)).usable, CpuSet{3});
}

TEST(AllowedCpusTest, AGroupOutsideTheNamespaceFallsBackToTheMountPoint) {
  FakeRoot root;
  root.Write(kOnline, "0-7\n");
  root.Write("proc/mounts", "cgroup2 /cg/inner cgroup2 rw 0 0\n");
  root.Write("proc/self/cgroup", "0::/../outer\n");
  root.Write("cg/outer/cpuset.cpus.effective", "0\n");
  root.Write("cg/inner/cpuset.cpus.effective", "5\n");
  EXPECT_EQ(Read(root, CpuSet::Range(0, 7)).usable, CpuSet{5});
}

TEST(AllowedCpusTest, SetsTheDefaultMaskAsideForIsolatedCpus) {
  FakeRoot root;
  root.Write(kOnline, "0-7\n");
  root.Write(kIsolated, "4-7\n");
  const AllowedCpus allowed = Read(root, CpuSet::Range(0, 3));
  EXPECT_EQ(allowed.usable, CpuSet::Range(0, 7));
  ASSERT_EQ(allowed.notes.size(), 1u);
  EXPECT_EQ(
      allowed.notes[0],
      "the affinity mask 0-3 is the default without the isolated or nohz_full CPUs 4-7, which "
      "are used too");
}

TEST(AllowedCpusTest, ObeysAMaskThatSomebodyChose) {
  FakeRoot root;
  root.Write(kOnline, "0-7\n");
  root.Write(kIsolated, "4-7\n");
  EXPECT_EQ(Read(root, {0, 1}).usable, (CpuSet{0, 1}));
  EXPECT_EQ(Read(root, {0, 4}).usable, (CpuSet{0, 4}));
  EXPECT_EQ(Read(root, CpuSet::Range(0, 3), MaskReading::kObey).usable, CpuSet::Range(0, 3));
  EXPECT_EQ(Read(root, {0}, MaskReading::kIgnore).usable, CpuSet::Range(0, 7));
}

TEST(AllowedCpusTest, SetsTheDefaultMaskAsideInsideACpusetToo) {
  FakeRoot root;
  root.Write(kOnline, "0-7\n");
  root.Write(kIsolated, "3\n");
  root.Write(kNohzFull, "2-3\n");
  root.Write("proc/mounts", "cgroup2 /cg cgroup2 rw 0 0\n");
  root.Write("cg/cpuset.cpus.effective", "0-3\n");
  EXPECT_EQ(Read(root, {0, 1}).usable, CpuSet::Range(0, 3));
  EXPECT_EQ(Read(root, {0, 1, 2}).usable, CpuSet::Range(0, 3));
  EXPECT_EQ(Read(root, {0, 2}).usable, (CpuSet{0, 2}));
}

TEST(AllowedCpusTest, StandsAMachineWithoutAnyFile) {
  FakeRoot root;
  const AllowedCpus allowed = Read(root, {0, 1});
  EXPECT_EQ(allowed.usable, (CpuSet{0, 1}));
  EXPECT_FALSE(allowed.notes.empty());
}

TEST(AllowedCpusTest, FindsOnlineCpusByDirectoryWithoutTheList) {
  FakeRoot root;
  root.Write("sys/devices/system/cpu/cpu0/topology/core_id", "0\n");
  root.Write("sys/devices/system/cpu/cpu1/online", "0\n");
  root.Write("sys/devices/system/cpu/cpu2/online", "1\n");
  root.Write("sys/devices/system/cpu/cpufreq/policy0", "\n");
  const AllowedCpus allowed = Read(root, CpuSet::Range(0, 7));
  EXPECT_EQ(allowed.usable, (CpuSet{0, 2}));
  EXPECT_EQ(allowed.present, (CpuSet{0, 1, 2}));
}

TEST(AllowedCpusTest, SaysWhichSetsLeaveNoCpu) {
  FakeRoot root;
  root.Write(kOnline, "0-3\n");
  const absl::StatusOr<AllowedCpus> allowed = ReadAllowedCpus(root.path(), {9});
  EXPECT_EQ(allowed.status().message(),
            "no CPU is usable: online 0-3, cpuset unknown, affinity mask 9; widen the mask with "
            "taskset -c or the cpuset of the container");
}

TEST(AllowedCpusTest, NotesADamagedFileAndGoesOn) {
  FakeRoot root;
  root.Write(kOnline, "0-3\n");
  root.Write(kIsolated, "2-\n");
  const AllowedCpus allowed = Read(root, CpuSet::Range(0, 3));
  EXPECT_EQ(allowed.usable, CpuSet::Range(0, 3));
  ASSERT_EQ(allowed.notes.size(), 1u);
  EXPECT_EQ(allowed.notes[0],
            "/sys/devices/system/cpu/isolated is damaged and not used: CPU list \"2-\", position "
            "2: expected the last CPU id of a range, found the end");
}

}  // namespace
}  // namespace affinity

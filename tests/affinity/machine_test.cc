#include "affinity/machine.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/affinity/fake_root.h"

namespace affinity {
namespace {

constexpr char kCpus[] = "sys/devices/system/cpu/";
constexpr char kNodes[] = "sys/devices/system/node/";

Machine Read(const FakeRoot& root) {
  const absl::StatusOr<Machine> machine = ReadMachine(root.path());
  EXPECT_TRUE(machine.ok()) << machine.status();
  return machine.ok() ? *machine : Machine();
}

// HasFlag tells whether one flag contains `text`.
bool HasFlag(const Machine& machine, const std::string& text) {
  return std::any_of(machine.flags.begin(), machine.flags.end(),
                     [&](const std::string& flag) { return flag.find(text) != std::string::npos; });
}

// WriteCpu gives a CPU its files as a current kernel has them.
void WriteCpu(const FakeRoot& root, int cpu, const std::string& core_mask,
              const std::string& l3_mask, int package) {
  const std::string directory = kCpus + ("cpu" + std::to_string(cpu)) + "/";
  root.Write(directory + "topology/core_cpus", core_mask + "\n");
  root.Write(directory + "topology/physical_package_id", std::to_string(package) + "\n");
  root.Write(directory + "cache/index2/level", "3\n");
  root.Write(directory + "cache/index2/type", "Unified\n");
  root.Write(directory + "cache/index2/shared_cpu_map", l3_mask + "\n");
}

// Two packages of one SMT core each, siblings 0,2 and 1,3, two nodes.
void WriteSmallMachine(const FakeRoot& root) {
  root.Write(std::string(kCpus) + "online", "0-3\n");
  WriteCpu(root, 0, "5", "5", 0);
  WriteCpu(root, 1, "a", "a", 1);
  WriteCpu(root, 2, "5", "5", 0);
  WriteCpu(root, 3, "a", "a", 1);
  root.Write(std::string(kNodes) + "node0/cpumap", "5\n");
  root.Write(std::string(kNodes) + "node7/cpumap", "a\n");
}

TEST(MachineTest, ReadsTheLiveMachine) {
  const absl::StatusOr<Machine> machine = ReadMachine();
  ASSERT_TRUE(machine.ok()) << machine.status();
  EXPECT_FALSE(machine->Online().empty());
  for (const Cpu& cpu : machine->cpus) {
    if (!cpu.online) continue;
    EXPECT_TRUE(machine->Core(cpu.core).Contains(cpu.id));
    EXPECT_TRUE(machine->L3(cpu.l3).Contains(cpu.id));
  }
}

TEST(MachineTest, ReadsCoresL3sPackagesAndNodes) {
  FakeRoot root;
  WriteSmallMachine(root);
  root.Write(std::string(kCpus) + "isolated", "3\n");
  root.Write(std::string(kCpus) + "nohz_full", "2-3\n");
  const Machine machine = Read(root);
  EXPECT_TRUE(machine.flags.empty()) << machine.Table();
  EXPECT_EQ(machine.Table(),
            "CPU  core  thread  L3  package  node  state\n"
            "0    0     0       0   0        0     online\n"
            "1    1     0       1   1        7     online\n"
            "2    0     1       0   0        0     online, nohz_full\n"
            "3    1     1       1   1        7     online, isolated, nohz_full\n");
}

TEST(MachineTest, KeepsOfflineCpusAndLeavesThemOutOfEveryGroup) {
  FakeRoot root;
  WriteSmallMachine(root);
  root.Write(std::string(kCpus) + "online", "1-3\n");
  root.Write(std::string(kCpus) + "present", "0-3\n");
  const Machine machine = Read(root);
  ASSERT_EQ(machine.cpus.size(), 4u);
  EXPECT_FALSE(machine.cpus[0].online);
  EXPECT_EQ(machine.Online(), (CpuSet{1, 2, 3}));
  EXPECT_EQ(machine.Find(2)->core, 2);
  EXPECT_EQ(machine.Find(2)->smt_rank, 0);
  EXPECT_EQ(machine.Find(2)->l3, 2);
  EXPECT_NE(machine.Table().find("\n0    -     -       -   -        -     offline\n"),
            std::string::npos);
}

TEST(MachineTest, TheMaskCountsWhereAListContradictsIt) {
  FakeRoot root;
  WriteSmallMachine(root);
  root.Write(std::string(kCpus) + "cpu0/topology/core_cpus_list", "0\n");
  const Machine machine = Read(root);
  EXPECT_EQ(machine.Core(0), (CpuSet{0, 2}));
  EXPECT_TRUE(HasFlag(machine, "a list contradicts its mask, the mask counts (/" +
                                   std::string(kCpus) + "cpu0/topology/core_cpus_list)"));
}

TEST(MachineTest, ReadsListsAndTheOldNameWhereThereIsNothingElse) {
  FakeRoot root;
  root.Write(std::string(kCpus) + "online", "0-1\n");
  for (const char* cpu : {"cpu0", "cpu1"}) {
    root.Write(std::string(kCpus) + cpu + "/topology/thread_siblings_list", "0-1\n");
  }
  root.Write(std::string(kNodes) + "node3/cpulist", "0-1\n");
  const Machine machine = Read(root);
  EXPECT_EQ(machine.Core(0), (CpuSet{0, 1}));
  EXPECT_EQ(machine.Find(1)->node, 3);
}

TEST(MachineTest, AssumesOneL3PerPackageAndSaysSo) {
  FakeRoot root;
  WriteSmallMachine(root);
  for (const char* cpu : {"cpu0", "cpu1", "cpu2", "cpu3"}) {
    root.Write(std::string(kCpus) + cpu + "/cache/index2/level", "2\n");
  }
  const Machine machine = Read(root);
  EXPECT_EQ(machine.L3(0), (CpuSet{0, 2}));
  EXPECT_EQ(machine.L3(1), (CpuSet{1, 3}));
  EXPECT_TRUE(
      HasFlag(machine, "no L3 data, one L3 per package and die is assumed (CPU 0 and 3 more)"));
}

TEST(MachineTest, AnInstructionCacheIsNoL3) {
  FakeRoot root;
  WriteSmallMachine(root);
  root.Write(std::string(kCpus) + "cpu0/cache/index2/type", "Instruction\n");
  EXPECT_TRUE(HasFlag(Read(root), "no L3 data"));
}

TEST(MachineTest, FlagsContradictionsInsteadOfHidingThem) {
  FakeRoot root;
  WriteSmallMachine(root);
  WriteCpu(root, 0, "1", "8", 0);
  root.Write(std::string(kNodes) + "node7/cpumap", "b\n");
  root.Write(std::string(kCpus) + "cpu3/topology/core_cpus", "zz\n");
  const Machine machine = Read(root);
  EXPECT_TRUE(HasFlag(machine,
                      "the SMT siblings contradict each other (CPU 2 says 0,2, CPU 0 "
                      "says 0)"));
  EXPECT_TRUE(HasFlag(machine, "a CPU set leaves out its own CPU"));
  EXPECT_TRUE(HasFlag(machine, "a CPU is in two nodes, the lower one counts (CPU 0 in 0 and 7"));
  EXPECT_TRUE(HasFlag(machine, "cpu3/topology/core_cpus is damaged and not used"));
  EXPECT_TRUE(HasFlag(machine, "SMT siblings unknown"));
}

TEST(MachineTest, ReadsMoreThanAThousandCpus) {
  FakeRoot root;
  root.Write(std::string(kCpus) + "online", "0,4095\n");
  root.Write(std::string(kCpus) + "present", "0-4095\n");
  std::string mask = "80000000";
  for (int group = 0; group < 126; ++group) mask += ",00000000";
  WriteCpu(root, 4095, mask + ",00000001", mask + ",00000000", 8442);
  const Machine machine = Read(root);
  EXPECT_EQ(machine.cpus.size(), 4096u);
  EXPECT_EQ(machine.Find(4095)->core, 0);
  EXPECT_EQ(machine.Find(4095)->smt_rank, 1);
  EXPECT_EQ(machine.Find(4095)->l3, 4095);
  EXPECT_EQ(machine.Find(4095)->package, 8442);
}

TEST(MachineTest, SaysThatThereIsNoMachine) {
  FakeRoot root;
  const absl::StatusOr<Machine> machine = ReadMachine(root.path());
  EXPECT_EQ(machine.status().message(),
            "no CPU found in /sys/devices/system/cpu; is /sys mounted there?");
}

// FilesBelow lists the files of a tree, as paths.
std::vector<std::filesystem::path> FilesBelow(const std::string& path) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST(MachineTest, StandsEveryMissingFile) {
  FakeRoot root;
  WriteSmallMachine(root);
  const std::vector<std::filesystem::path> files = FilesBelow(root.path());
  ASSERT_GT(files.size(), 20u);
  const std::filesystem::path aside = files[0].parent_path() / "aside";
  for (const std::filesystem::path& file : files) {
    std::filesystem::rename(file, aside);
    EXPECT_EQ(Read(root).Online(), CpuSet::Range(0, 3)) << file;
    std::filesystem::rename(aside, file);
  }
}

TEST(MachineTest, StandsRandomDamage) {
  FakeRoot root;
  WriteSmallMachine(root);
  const std::vector<std::filesystem::path> files = FilesBelow(root.path());
  std::mt19937 random(11);
  int survived = 0;
  for (int round = 0; round < 600; ++round) {
    // One more damaged file a round, and the whole machine again from time to time.
    if (round % 25 == 0) WriteSmallMachine(root);
    std::string text;
    for (std::size_t length = random() % 6; text.size() < length;) {
      text += "0123456789,-:/\nafz"[random() % 18];
    }
    const std::filesystem::path& file = files[random() % files.size()];
    root.Write(std::filesystem::relative(file, root.path()).string(), text);
    const absl::StatusOr<Machine> machine = ReadMachine(root.path());
    if (!machine.ok()) continue;
    ++survived;
    for (const Cpu& cpu : machine->cpus) {
      // The keys always name an online CPU, whatever the files say.
      if (!cpu.online) continue;
      EXPECT_TRUE(machine->Online().Contains(cpu.core));
      EXPECT_TRUE(machine->Online().Contains(cpu.l3));
      EXPECT_GE(cpu.smt_rank, 0);
    }
  }
  EXPECT_GT(survived, 100);
}

TEST(MachineTest, DoesNotHangOnAFifoInTheTree) {
  FakeRoot root;
  WriteSmallMachine(root);
  const std::string fifo = root.path() + "/" + kCpus + "isolated";
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_TRUE(HasFlag(Read(root), "isolated cannot be read: not a regular file"));
}

}  // namespace
}  // namespace affinity

// The ten recorded machines of the hwloc project, when their directory is given:
//
//   bazel test //tests/affinity:machine_recordings_test --test_env=PINWHEEL_MACHINES_DIR=DIR
//
// The expectations are written by hand from the recorded files.

#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "affinity/allowed_cpus.h"
#include "affinity/cpu_set.h"
#include "affinity/machine.h"
#include "affinity/placement.h"
#include "gtest/gtest.h"

namespace affinity {
namespace {

// Recording is what a recorded machine must read as.
struct Recording {
  std::string archive;
  std::string online;
  int packages;
  int cores;
  // The members of each L3 domain, in the order of their first CPUs.
  std::vector<std::string> l3s;
  // The online CPUs of each node that has some.
  std::map<int, std::string> nodes;
  std::string siblings_of_0;
  std::optional<std::string> cpuset = std::nullopt;
  // Part of a flag, where the machine has a quirk that is flagged.
  std::string flag = {};
};

std::string Plain(const std::string& list) {
  const absl::StatusOr<CpuSet> set = CpuSet::ParseList(list);
  return set.ok() ? set->Format() : "wrong expectation: " + list;
}

void PrintTo(const Recording& recording, std::ostream* stream) { *stream << recording.archive; }

const Recording kRecordings[] = {
    {"128arm-2pa2n8cluster4co",
     "0-127",
     2,
     128,
     {"0-31", "32-63", "64-95", "96-127"},
     {{0, "0-31"}, {1, "32-63"}, {2, "64-95"}, {3, "96-127"}},
     "0",
     "0-127"},
    {"16em64t-4s2c2t-offlines",
     "0-1,3-4,6-12,15",
     4,
     7,
     {"0,4,8,12", "1,9", "3,7,11,15", "6,10"},
     {{0, "0-1,3-4,6-12,15"}},
     "0,8",
     std::nullopt,
     "online is missing"},
    {"20em64t-hybrid-1p6c2t+2ca4co1t", "0-19", 1, 14, {"0-19"}, {{0, "0-19"}}, "0-1"},
    {"32amd64-4s2n4c-cgroup2",
     "0-31",
     4,
     32,
     {"0-3", "4-7", "8-11", "12-15", "16-19", "20-23", "24-27", "28-31"},
     {{0, "0-3"},
      {1, "4-7"},
      {2, "8-11"},
      {3, "12-15"},
      {4, "16-19"},
      {5, "20-23"},
      {6, "24-27"},
      {7, "28-31"}},
     "0",
     "0-5"},
    {"40intel64-2g2n4c+pcilocality",
     "0-39",
     4,
     40,
     {"0,4,8,12,16,20,24,28,32,36", "1,5,9,13,17,21,25,29,33,37", "2,6,10,14,18,22,26,30,34,38",
      "3,7,11,15,19,23,27,31,35,39"},
     {{0, "0,4,8,12,16,20,24,28,32,36"},
      {1, "1,5,9,13,17,21,25,29,33,37"},
      {2, "2,6,10,14,18,22,26,30,34,38"},
      {3, "3,7,11,15,19,23,27,31,35,39"}},
     "0",
     "0-39"},
    {"48amd64-4pa2n6c-sparse",
     "0-47",
     4,
     48,
     {"0-5", "6-11", "12-17", "18-23", "24-29", "30-35", "36-41", "42-47"},
     {{0, "0-5"},
      {1, "6-11"},
      {2, "12-17"},
      {33, "18-23"},
      {34, "24-29"},
      {45, "30-35"},
      {72, "36-41"},
      {73, "42-47"}},
     "0"},
    {"64amd64-4s2n4ca2co",
     "0-63",
     4,
     32,
     {"0-7", "8-15", "16-23", "24-31", "32-39", "40-47", "48-55", "56-63"},
     {{0, "0-7"},
      {1, "8-15"},
      {2, "16-23"},
      {3, "24-31"},
      {4, "32-39"},
      {5, "40-47"},
      {6, "48-55"},
      {7, "56-63"}},
     "0-1"},
    {"fakememinitiators-1np2c+1npp+gi",
     "0-7",
     2,
     8,
     {"0-1,4-5", "2-3,6-7"},
     {{0, "0-1"}, {1, "2-3"}, {2, "4-5"}, {3, "6-7"}},
     "0",
     "0-7",
     "no L3 data"},
    {"memorysidecaches",
     "0-79",
     2,
     40,
     {"0-79:1/2", "1-79:1/2"},
     {{0, "0-79:1/4"}, {1, "1-79:1/4"}, {2, "2-79:1/4"}, {3, "3-79:1/4"}},
     "0,40",
     "0-79"},
    {"nvidia-dgx-gb10", "0-19", 1, 20, {"0-9", "10-19"}, {{0, "0-19"}}, "0"},
};

class MachineRecordingsTest : public ::testing::TestWithParam<Recording> {
 protected:
  void SetUp() override {
    const char* directory = std::getenv("PINWHEEL_MACHINES_DIR");
    if (directory == nullptr) {
      GTEST_SKIP() << "set PINWHEEL_MACHINES_DIR to the directory of the recorded machines";
    }
    unpacked_ = std::filesystem::path(::testing::TempDir()) / ("machine." + GetParam().archive);
    std::filesystem::create_directories(unpacked_);
    const std::string command =
        "tar xjf '" + (std::filesystem::path(directory) / GetParam().archive).string() +
        ".tar.bz2' -C '" + unpacked_.string() +
        "' --wildcards '*/sys/devices/system/cpu/*' '*/sys/devices/system/node/*' '*/proc/mounts' "
        "'*/proc/self/*' '*cpuset.cpus*' '*/cpus' 2>/dev/null";
    // The result is not asked: tar complains about patterns that match nothing.
    if (std::system(command.c_str()) == -1) FAIL() << "no shell for: " << command;
    // The top folder is not always called as the archive is.
    for (const auto& entry : std::filesystem::directory_iterator(unpacked_)) root_ = entry.path();
    ASSERT_FALSE(root_.empty()) << "nothing unpacked by: " << command;
    const absl::StatusOr<Machine> machine = ReadMachine(root_);
    ASSERT_TRUE(machine.ok()) << machine.status();
    machine_ = *machine;
  }
  void TearDown() override {
    if (!unpacked_.empty()) std::filesystem::remove_all(unpacked_);
  }

  void ReadsAsTheFilesSay();
  void FindsTheRecordedCpuset();
  void PlansSixStagesWithoutSharing();

  std::filesystem::path unpacked_;
  std::string root_;
  Machine machine_;
};

void MachineRecordingsTest::ReadsAsTheFilesSay() {
  const Recording& expected = GetParam();
  SCOPED_TRACE(machine_.Table());
  EXPECT_EQ(machine_.Online().Format(), expected.online);
  std::set<int> packages, cores, l3s;
  std::map<int, CpuSet> nodes;
  for (const Cpu& cpu : machine_.cpus) {
    if (!cpu.online) continue;
    ASSERT_TRUE(cpu.package.has_value() && cpu.node.has_value());
    packages.insert(*cpu.package);
    cores.insert(cpu.core);
    l3s.insert(cpu.l3);
    nodes[*cpu.node].Add(cpu.id);
  }
  EXPECT_EQ(static_cast<int>(packages.size()), expected.packages);
  EXPECT_EQ(static_cast<int>(cores.size()), expected.cores);
  std::vector<std::string> domains;
  for (const int l3 : l3s) domains.push_back(machine_.L3(l3).Format());
  std::vector<std::string> expected_domains;
  for (const std::string& list : expected.l3s) expected_domains.push_back(Plain(list));
  EXPECT_EQ(domains, expected_domains);
  std::map<int, std::string> node_texts;
  for (const auto& [node, cpus] : nodes) node_texts[node] = cpus.Format();
  std::map<int, std::string> expected_nodes;
  for (const auto& [node, list] : expected.nodes) expected_nodes[node] = Plain(list);
  EXPECT_EQ(node_texts, expected_nodes);
  EXPECT_EQ(machine_.Core(0).Format(), expected.siblings_of_0);
  if (expected.flag.empty()) {
    EXPECT_TRUE(machine_.flags.empty());
  } else {
    ASSERT_EQ(machine_.flags.size(), 1u);
    EXPECT_NE(machine_.flags[0].find(expected.flag), std::string::npos);
  }
}

void MachineRecordingsTest::FindsTheRecordedCpuset() {
  const absl::StatusOr<AllowedCpus> allowed = ReadAllowedCpus(root_, machine_.Online());
  ASSERT_TRUE(allowed.ok()) << allowed.status();
  ASSERT_EQ(allowed->cpuset.has_value(), GetParam().cpuset.has_value()) << allowed->cpuset_file;
  if (!allowed->cpuset) return;
  EXPECT_EQ(allowed->cpuset->Format(), *GetParam().cpuset);
  EXPECT_EQ(allowed->usable, machine_.Online() & *allowed->cpuset);
}

void MachineRecordingsTest::PlansSixStagesWithoutSharing() {
  std::vector<StageRequest> requests;
  for (const char* name : {"decode", "book", "signal", "risk", "order", "journal"}) {
    requests.push_back({.name = name});
  }
  const absl::StatusOr<Placement> plan = Place(machine_, machine_.Online(), requests);
  ASSERT_TRUE(plan.ok()) << plan.status();
  CpuSet used;
  for (const StagePlace& stage : plan->stages) {
    EXPECT_TRUE(stage.alone_on_core) << plan->Table();
    used.Add(stage.cpu);
  }
  EXPECT_EQ(used.size(), 6);
}

// One test, because unpacking takes longer than everything else.
TEST_P(MachineRecordingsTest, ReadsAndPlansAsExpected) {
  ReadsAsTheFilesSay();
  FindsTheRecordedCpuset();
  PlansSixStagesWithoutSharing();
}

std::string TestName(const ::testing::TestParamInfo<Recording>& info) {
  std::string name;
  for (const char c : info.param.archive) name += std::isalnum(c) ? c : '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Hwloc, MachineRecordingsTest, ::testing::ValuesIn(kRecordings), TestName);

}  // namespace
}  // namespace affinity

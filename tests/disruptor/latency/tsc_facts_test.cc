#include "disruptor/latency/tsc_facts.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/status/status.h"
#include "gtest/gtest.h"

namespace disruptor::latency {
namespace {

// A machine in a directory of its own.
class TscFactsTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    root_ = testing::TempDir() + "/" + info->name();
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(root_ + "/proc");
    std::filesystem::create_directories(root_ + kDirectory);
  }

  void Write(const std::string& path, const std::string& text) {
    std::ofstream(root_ + path) << text;
  }

  static constexpr char kDirectory[] = "/sys/devices/system/clocksource/clocksource0/";
  std::string root_;
};

TscFacts Trustworthy() {
  TscFacts facts;
  facts.has_counter = true;
  facts.invariant = true;
  facts.clocksource = kCounterClocksource;
  facts.available_clocksources = std::string(kCounterClocksource) + " hpet";
  return facts;
}

bool Mentions(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_F(TscFactsTest, ReadsFlagsAndClockSources) {
  Write("/proc/cpuinfo",
        "processor\t: 0\nflags\t\t: fpu tsc rdtscp constant_tsc nonstop_tsc\n\n"
        "processor\t: 1\nflags\t\t: fpu tsc tsc_known_freq\n");
  Write(std::string(kDirectory) + "current_clocksource", "kvm-clock\n");
  Write(std::string(kDirectory) + "available_clocksource", "kvm-clock tsc acpi_pm \n");
  const TscFacts facts = ReadTscFacts(root_);
  EXPECT_TRUE(facts.constant_tsc);
  EXPECT_TRUE(facts.nonstop_tsc);
  EXPECT_TRUE(facts.rdtscp);
  EXPECT_FALSE(facts.tsc_known_freq) << "the first processor speaks for all";
  EXPECT_EQ(facts.clocksource, "kvm-clock");
  EXPECT_EQ(facts.available_clocksources, "kvm-clock tsc acpi_pm");
}

TEST_F(TscFactsTest, TakesNoPartOfAWordForAFlag) {
  Write("/proc/cpuinfo", "flags\t\t: xconstant_tsc nonstop_tsc_s3 rdtscpx\n");
  const TscFacts facts = ReadTscFacts(root_);
  EXPECT_FALSE(facts.constant_tsc);
  EXPECT_FALSE(facts.nonstop_tsc);
  EXPECT_FALSE(facts.rdtscp);
}

TEST_F(TscFactsTest, LeavesWhatCannotBeReadEmpty) {
  const TscFacts facts = ReadTscFacts(root_ + "/nowhere");
  EXPECT_EQ(facts.clocksource, "");
  EXPECT_EQ(facts.available_clocksources, "");
  EXPECT_FALSE(facts.constant_tsc);
}

TEST(CheckTscFactsTest, AcceptsAnInvariantCounterThatTheKernelOffers) {
  EXPECT_TRUE(CheckTscFacts(Trustworthy()).ok());
}

TEST(CheckTscFactsTest, AcceptsAnInvariantCounterWhereTheKernelUsesAnotherClock) {
  TscFacts facts = Trustworthy();
  facts.clocksource = "kvm-clock";
  EXPECT_TRUE(CheckTscFacts(facts).ok());
}

TEST(CheckTscFactsTest, AcceptsAnInvariantCounterWhereSysfsIsHidden) {
  TscFacts facts = Trustworthy();
  facts.clocksource.clear();
  facts.available_clocksources.clear();
  EXPECT_TRUE(CheckTscFacts(facts).ok());
}

TEST(CheckTscFactsTest, RefusesWithoutACounter) {
  TscFacts facts = Trustworthy();
  facts.has_counter = false;
  const absl::Status status = CheckTscFacts(facts);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(Mentions(std::string(status.message()), "OsClock"));
}

TEST(CheckTscFactsTest, RefusesACounterThatIsNotInvariant) {
  TscFacts facts = Trustworthy();
  facts.invariant = false;
  const absl::Status status = CheckTscFacts(facts);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(Mentions(std::string(status.message()), "not invariant"));
  EXPECT_FALSE(Mentions(std::string(status.message()), "invtsc"));
}

TEST(CheckTscFactsTest, SaysHowAHypervisorPassesInvarianceThrough) {
  TscFacts facts = Trustworthy();
  facts.invariant = false;
  facts.hypervisor = true;
  EXPECT_TRUE(Mentions(std::string(CheckTscFacts(facts).message()), "invtsc"));
}

TEST(CheckTscFactsTest, RefusesACounterThatTheKernelGaveUp) {
  TscFacts facts = Trustworthy();
  facts.clocksource = "hpet";
  facts.available_clocksources = "hpet acpi_pm";
  const absl::Status status = CheckTscFacts(facts);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(Mentions(std::string(status.message()), "hpet acpi_pm"));
  EXPECT_TRUE(Mentions(std::string(status.message()), "dmesg"));
}

TEST(DescribeTscFactsTest, NamesWhatWeakensTrust) {
  TscFacts facts = Trustworthy();
  facts.hypervisor = true;
  facts.clocksource = "kvm-clock";
  facts.rdtscp = true;
  EXPECT_EQ(DescribeTscFacts(facts),
            "invariant, kernel uses kvm-clock, under a hypervisor, rdtscp");
  facts.invariant = false;
  facts.clocksource.clear();
  facts.hypervisor = false;
  facts.rdtscp = false;
  EXPECT_EQ(DescribeTscFacts(facts), "NOT invariant, kernel's clock source unknown");
}

}  // namespace
}  // namespace disruptor::latency

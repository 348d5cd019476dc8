#include "disruptor/latency/tsc_facts.h"

#include <fstream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "disruptor/latency/tick_counter.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace disruptor::latency {
namespace {

constexpr char kClocksourceDirectory[] = "/sys/devices/system/clocksource/clocksource0/";

std::string ReadFirstLine(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  absl::StripAsciiWhitespace(&line);
  return line;
}

bool HasWord(const std::string& words, const std::string& word) {
  for (const auto& candidate : absl::StrSplit(words, ' ')) {
    if (candidate == word) return true;
  }
  return false;
}

// The flags of the first CPU: a kernel runs on CPUs that agree in these.
std::string ReadCpuFlags(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    if (!absl::StartsWith(line, "flags")) continue;
    const std::string::size_type colon = line.find(':');
    if (colon != std::string::npos) return line.substr(colon + 1);
  }
  return "";
}

#if defined(__x86_64__)
void AskProcessor(TscFacts& facts) {
  unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
  if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) != 0) {
    facts.hypervisor = (ecx >> 31 & 1) != 0;
  }
  if (__get_cpuid(0x80000007, &eax, &ebx, &ecx, &edx) != 0) {
    facts.invariant = (edx >> 8 & 1) != 0;
  }
}
#elif defined(__aarch64__)
void AskProcessor(TscFacts& facts) { facts.invariant = true; }
#else
void AskProcessor(TscFacts&) {}
#endif

}  // namespace

TscFacts ReadTscFacts(const std::string& root) {
  TscFacts facts;
  facts.has_counter = kHasTickCounter;
  AskProcessor(facts);

  const std::string flags = ReadCpuFlags(root + "/proc/cpuinfo");
  facts.constant_tsc = HasWord(flags, "constant_tsc");
  facts.nonstop_tsc = HasWord(flags, "nonstop_tsc");
  facts.tsc_known_freq = HasWord(flags, "tsc_known_freq");
  facts.rdtscp = HasWord(flags, "rdtscp");

  const std::string directory = root + kClocksourceDirectory;
  facts.clocksource = ReadFirstLine(directory + "current_clocksource");
  facts.available_clocksources = ReadFirstLine(directory + "available_clocksource");
  return facts;
}

absl::Status CheckTscFacts(const TscFacts& facts) {
  constexpr char kWayOut[] = "use the kernel's clock (OsClock)";
  if (!facts.has_counter) {
    return absl::FailedPreconditionError(absl::StrCat(
        "asked for the processor's tick counter, but this build knows none for this processor "
        "(it knows x86-64 and aarch64): ",
        kWayOut));
  }
  if (!facts.invariant) {
    return absl::FailedPreconditionError(absl::StrCat(
        "asked for the processor's tick counter, but it is not invariant (CPUID 80000007H EDX[8] "
        "is 0): its rate follows the power state, so ticks are no time; ",
        facts.hypervisor ? "under a hypervisor, pass the bit through (qemu: -cpu host,+invtsc), or "
                         : "",
        kWayOut));
  }
  if (!facts.available_clocksources.empty() &&
      !HasWord(facts.available_clocksources, kCounterClocksource)) {
    return absl::FailedPreconditionError(absl::StrCat(
        "asked for the processor's tick counter, but the kernel offers only the clock sources '",
        facts.available_clocksources, "' and not '", kCounterClocksource,
        "', so it has found the counter unstable; see `dmesg | grep -i -e tsc -e clocksource`, "
        "and ",
        kWayOut));
  }
  return absl::OkStatus();
}

std::string DescribeTscFacts(const TscFacts& facts) {
  std::vector<std::string> parts;
  parts.push_back(facts.invariant ? "invariant" : "NOT invariant");
  if (facts.clocksource.empty()) {
    parts.push_back("kernel's clock source unknown");
  } else {
    parts.push_back(absl::StrCat("kernel uses ", facts.clocksource));
  }
  if (facts.hypervisor) parts.push_back("under a hypervisor");
  std::vector<std::string> flags;
  if (facts.constant_tsc) flags.push_back("constant_tsc");
  if (facts.nonstop_tsc) flags.push_back("nonstop_tsc");
  if (facts.tsc_known_freq) flags.push_back("tsc_known_freq");
  if (facts.rdtscp) flags.push_back("rdtscp");
  if (!flags.empty()) parts.push_back(absl::StrJoin(flags, " "));
  return absl::StrJoin(parts, ", ");
}

}  // namespace disruptor::latency

#ifndef DISRUPTOR_LATENCY_TSC_FACTS_H_
#define DISRUPTOR_LATENCY_TSC_FACTS_H_

#include <string>

#include "absl/status/status.h"

namespace disruptor::latency {

// TscFacts is what the processor and the kernel say about the tick counter. A plain value, so that
// tests and recorded machines can stand in for the real one.
struct TscFacts {
  // This build knows how to read a counter (x86-64, aarch64).
  bool has_counter = false;
  // CPUID 80000007H EDX[8]: one rate in every power state. True by architecture on aarch64.
  bool invariant = false;
  // CPUID 1 ECX[31]: a hypervisor runs below, which may make `invariant` untrue (migration).
  bool hypervisor = false;

  // From /proc/cpuinfo; false where the file cannot be read.
  bool constant_tsc = false;
  bool nonstop_tsc = false;
  bool tsc_known_freq = false;
  bool rdtscp = false;

  // The kernel's clock source in use and all that it offers, "" where sysfs cannot be read. A
  // kernel that found the counter unstable no longer offers it.
  std::string clocksource;
  std::string available_clocksources;

  friend bool operator==(const TscFacts&, const TscFacts&) = default;
};

// kCounterClocksource is the kernel's name for the counter that tick_counter.h reads.
#if defined(__aarch64__)
inline constexpr char kCounterClocksource[] = "arch_sys_counter";
#else
inline constexpr char kCounterClocksource[] = "tsc";
#endif

// ReadTscFacts asks CPUID, <root>/proc/cpuinfo and
// <root>/sys/devices/system/clocksource/clocksource0. What cannot be read stays false or empty.
//   Caller  any thread; reads files, never on a hot path.
TscFacts ReadTscFacts(const std::string& root = "");

// CheckTscFacts returns OK where a calibrated counter can serve as a clock, else FailedPrecondition
// with what was found and what to do. It refuses without a counter, without invariance, and where
// the kernel lists its clock sources and the counter is not among them.
absl::Status CheckTscFacts(const TscFacts& facts);

// DescribeTscFacts is one line for a report; what weakens trust is in it ("under a hypervisor",
// "kernel uses kvm-clock").
std::string DescribeTscFacts(const TscFacts& facts);

}  // namespace disruptor::latency

#endif  // DISRUPTOR_LATENCY_TSC_FACTS_H_

#ifndef AFFINITY_PLACEMENT_H_
#define AFFINITY_PLACEMENT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "affinity/cpu_set.h"
#include "affinity/machine.h"

namespace affinity {

// StageClass says what a stage loses when it does not get a CPU of its own.
enum class StageClass {
  // Its latency is the product: an isolated CPU and a whole core first.
  kCritical,
  kNormal,
  // May share a CPU first: journal, metrics.
  kBackground,
};

// StageRequest is one thread to place. Requests are in pipeline order: neighbours in the list talk
// to each other and are placed near each other.
struct StageRequest {
  // Unique within one call; used in reasons and warnings.
  std::string name = {};
  StageClass stage_class = StageClass::kNormal;
  // An explicit CPU: honoured exactly or an error, never moved.
  std::optional<int> cpu = {};
  // The name of another request whose CPU this stage shares on purpose: the way to say that two
  // stages are cheap enough for one CPU.
  std::optional<std::string> shares_with = {};
};

// StagePlace is where one stage goes.
struct StagePlace {
  std::string name;
  int cpu = CpuSet::kNone;
  // No other stage of this plan is on this CPU: the stage may spin. Stages that are not alone must
  // yield or block, or they hold up each other for a whole scheduler slice.
  bool alone = true;
  // No other stage of this plan is on any CPU of this core.
  bool alone_on_core = true;
  // One clause: why this CPU.
  std::string reason;

  friend bool operator==(const StagePlace&, const StagePlace&) = default;
};

// Placement is the whole plan.
struct Placement {
  // In the order of the requests.
  std::vector<StagePlace> stages;
  // Usable CPUs without a stage: for the operating system and the program's other threads.
  CpuSet unused;
  // A sentence that says which stages share which CPU; empty when each has its own.
  std::string sharing;
  // Sentences for the user, most important first.
  std::vector<std::string> warnings;

  // Table prints one line per stage, then who shares, then the warnings.
  [[nodiscard]] std::string Table() const;

  friend bool operator==(const Placement&, const Placement&) = default;
};

// Place decides where each stage runs. It is a pure function: no system call, no clock, no
// environment; the same input gives the same plan.
//
// `allowed` is which CPUs may be used, usually AllowedCpus::usable. Each stage gets a CPU of its
// own while they last; then the rest share, and `sharing` says who with whom.
//
//   Fails    no usable CPU; empty or duplicate names; an explicit CPU that is not allowed, offline,
//            or asked for by two stages; shares_with that names no other request, names the stage
//            itself in the end, or stands beside an explicit CPU.
//   Cost     microseconds to a few milliseconds for hundreds of CPUs; cold path.
absl::StatusOr<Placement> Place(const Machine& machine, const CpuSet& allowed,
                                const std::vector<StageRequest>& requests);

}  // namespace affinity

#endif  // AFFINITY_PLACEMENT_H_

#ifndef DISRUPTOR_PROBE_H_
#define DISRUPTOR_PROBE_H_

#include <cstdint>
#include <utility>

namespace disruptor {

// A probe watches events pass a stage and the producer; the core knows no clock, so what it
// measures is up to whoever supplies it (disruptor/runtime/latency_probe.h records latencies).
//
//   Around(sequence, handle)  calls handle() exactly once, on the stage's thread
//   Published(sequence)       on the producer's thread, just before the publish
//
// NoProbe is the default and compiles to nothing.
struct NoProbe {
  template <typename Handle>
  void Around(std::int64_t /*sequence*/, Handle&& handle) {
    std::forward<Handle>(handle)();
  }
  void Published(std::int64_t /*sequence*/) noexcept {}
};

}  // namespace disruptor

#endif  // DISRUPTOR_PROBE_H_

#ifndef TESTS_STRESS_STRESS_H_
#define TESTS_STRESS_STRESS_H_

#include <cstddef>
#include <vector>

namespace tests::stress {

// Topology lists for each stage the stages that it follows; none: the producer.
using Topology = std::vector<std::vector<std::size_t>>;

// RunStress carries self-checking events through pipelines of that shape, each with a random
// capacity (1 to 1024), waits that yield, back off or sleep, every form of publishing, fill
// functions that throw, random pauses, and one of three ends: a drain at a random point; a close
// from another thread while the producer publishes, then a drain; a halt and a close from another
// thread.
//
//   Checks   Every stage sees every event once, in order, whole, and after all that it follows.
//            A slot is overwritten only when all stages have handled it. A drain loses nothing, a
//            halt leaves each stage with a prefix; the producer always comes back, with kStopped
//            where it was stopped. Every event that was constructed is destroyed.
//            A wake-up that is lost hangs, because sleeps have no end of their own (C23, L11).
//   Scale    PINWHEEL_STRESS_SCALE multiplies the number of pipelines (default 1, a second or
//            so for each topology); PINWHEEL_STRESS_SEED chooses other random ones.
//   Fails    as a test does, naming the pipeline; a hang ends the process.
void RunStress(const Topology& topology);

}  // namespace tests::stress

#endif  // TESTS_STRESS_STRESS_H_

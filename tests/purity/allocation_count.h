#ifndef TESTS_PURITY_ALLOCATION_COUNT_H_
#define TESTS_PURITY_ALLOCATION_COUNT_H_

#include <cstdint>

namespace tests::purity {

// AllocationCount is how often this thread has called operator new or delete, in any form, in a
// program that links allocation_count.cc.
std::int64_t AllocationCount() noexcept;

// StartWatching begins to count the same for all other threads together, those that call it left
// out for good; StopWatching ends that and says how often it was.
void StartWatching() noexcept;
std::int64_t StopWatching() noexcept;

}  // namespace tests::purity

#endif  // TESTS_PURITY_ALLOCATION_COUNT_H_

#ifndef TESTS_PURITY_ALLOCATION_COUNT_H_
#define TESTS_PURITY_ALLOCATION_COUNT_H_

#include <cstdint>

namespace tests::purity {

// AllocationCount is how often this thread has called operator new or delete, in any form, in a
// program that links allocation_count.cc.
std::int64_t AllocationCount() noexcept;

}  // namespace tests::purity

#endif  // TESTS_PURITY_ALLOCATION_COUNT_H_

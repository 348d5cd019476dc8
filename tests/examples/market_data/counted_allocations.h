#ifndef TESTS_EXAMPLES_MARKET_DATA_COUNTED_ALLOCATIONS_H_
#define TESTS_EXAMPLES_MARKET_DATA_COUNTED_ALLOCATIONS_H_

#include <cstdint>

namespace market_data {

// CountedAllocations is the number of calls of operator new, of all forms and in all threads, since
// the program started. A test binary that links this has its operator new replaced.
std::uint64_t CountedAllocations();

}  // namespace market_data

#endif  // TESTS_EXAMPLES_MARKET_DATA_COUNTED_ALLOCATIONS_H_

#ifndef TESTS_FUZZ_FUZZ_TARGET_H_
#define TESTS_FUZZ_FUZZ_TARGET_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

// A fuzz target is one .cc file that defines both functions below. It is built twice: with
// mutation_driver.cc as an ordinary test, which every compiler and sanitizer configuration runs;
// and by tests/fuzz/run with libFuzzer, which searches by coverage for as long as it is told.

// LLVMFuzzerTestOneInput feeds one input and ends the process when a property does not hold.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fuzz {

// SeedInputs gives the inputs to start from, at least one, none empty.
std::vector<std::vector<std::uint8_t>> SeedInputs();

// Require is the assertion of the targets: on in every build mode.
inline void Require(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "property does not hold: %s\n", property);
  std::abort();
}

}  // namespace fuzz

#endif  // TESTS_FUZZ_FUZZ_TARGET_H_

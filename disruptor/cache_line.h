#ifndef DISRUPTOR_CACHE_LINE_H_
#define DISRUPTOR_CACHE_LINE_H_

#if __cplusplus < 202002L
#error "Pinwheel needs C++20: build with --cxxopt=-std=c++20 --host_cxxopt=-std=c++20"
#endif

#include <cstddef>

namespace disruptor {

// kFalseSharingBytes is how far apart two fields must be so that a write to one never takes the
// other away from its reader.
//
// The standard's std::hardware_destructive_interference_size is not used: it gives one line where
// the hardware moves two, and it may vary with compiler flags, which would change class layouts
// between translation units.
//
//   x86-64   128: the line is 64 bytes, and the second-level spatial prefetcher fetches lines in
//                 aligned pairs (Intel 64 and IA-32 Optimization Reference Manual, "Data
//                 Prefetching to the L2").
//   aarch64  128: Apple cores have 128-byte lines; the Neoverse cores' 64 divides it.
//   others    64.
#if defined(__x86_64__) || defined(__aarch64__)
inline constexpr std::size_t kFalseSharingBytes = 128;
#else
inline constexpr std::size_t kFalseSharingBytes = 64;
#endif

}  // namespace disruptor

#endif  // DISRUPTOR_CACHE_LINE_H_

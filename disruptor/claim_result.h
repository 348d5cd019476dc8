#ifndef DISRUPTOR_CLAIM_RESULT_H_
#define DISRUPTOR_CLAIM_RESULT_H_

#include <cstdint>

#include "disruptor/sequence.h"

namespace disruptor {

// ClaimStatus is what a producer gets on the hot path: small, no allocation, no text.
enum class ClaimStatus : std::uint8_t {
  kOk,
  // Fewer free slots than asked for; nothing has changed. Only the Try forms answer this.
  kFull,
  // A count below 1 or above the capacity, which could never be granted; nothing has changed.
  kInvalidCount,
  // The ring was closed: nothing was claimed and nothing will be.
  kStopped,
};

// ClaimResult names the claimed slots: on kOk they are (last - n, last].
struct [[nodiscard]] ClaimResult {
  ClaimStatus status;
  std::int64_t last;

  [[nodiscard]] bool ok() const noexcept { return status == ClaimStatus::kOk; }
};

// ToString is for logs and tests.
constexpr const char* ToString(ClaimStatus status) noexcept {
  switch (status) {
    case ClaimStatus::kOk:
      return "ok";
    case ClaimStatus::kFull:
      return "full";
    case ClaimStatus::kInvalidCount:
      return "invalid count";
    case ClaimStatus::kStopped:
      return "stopped";
  }
  return "unknown";
}

}  // namespace disruptor

#endif  // DISRUPTOR_CLAIM_RESULT_H_

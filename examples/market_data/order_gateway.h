#ifndef EXAMPLES_MARKET_DATA_ORDER_GATEWAY_H_
#define EXAMPLES_MARKET_DATA_ORDER_GATEWAY_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "examples/market_data/market_event.h"

namespace market_data {

// OrderGateway turns orders into the bytes that would go to an exchange. They stay in a ring of
// preallocated memory, as in the send ring of a network card, where the newest overwrite the
// oldest.
//
// A record is 40 bytes, integers big-endian:
//
//   offset  bytes  field
//   0       1      'O', enter order
//   1       1      side: 'B' or 'S'
//   2       2      zero
//   4       4      instrument
//   8       8      token: 1, 2, 3, ...
//   16      8      sequence of the market data message that caused the order
//   24      8      price in the feed's unit, two's complement
//   32      4      size
//   36      4      CRC-32 of the 36 bytes before
//
//   Threads  one.
//   Cost     no allocation, no system call.
class OrderGateway {
 public:
  static constexpr std::size_t kRecordBytes = 40;

  // Keeps the last `records` records, rounded up to a power of two.
  explicit OrderGateway(std::size_t records = 1024);

  // Send encodes one order. Requires a side other than kNone.
  void Send(const Order& order, std::uint32_t instrument, std::int64_t sequence);

  std::uint64_t sent() const { return sent_; }

  // CRC-32 of all records sent, in order.
  std::uint64_t digest() const { return digest_; }

  // Record returns the bytes of order `token`, empty when it was not sent or is overwritten.
  std::span<const std::uint8_t> Record(std::uint64_t token) const;

 private:
  std::vector<std::uint8_t> buffer_;
  std::uint64_t mask_;
  std::uint64_t sent_ = 0;
  std::uint64_t digest_ = 0;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_ORDER_GATEWAY_H_

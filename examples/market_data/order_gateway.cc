#include "examples/market_data/order_gateway.h"

#include <zlib.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace market_data {
namespace {

template <typename Integer>
void StoreBig(std::uint8_t* bytes, Integer value) {
  for (std::size_t i = sizeof(Integer); i > 0; --i) {
    bytes[i - 1] = static_cast<std::uint8_t>(value);
    value = static_cast<Integer>(value >> 8);
  }
}

}  // namespace

OrderGateway::OrderGateway(std::size_t records)
    : buffer_(std::bit_ceil(records) * kRecordBytes), mask_(std::bit_ceil(records) - 1) {}

void OrderGateway::Send(const Order& order, std::uint32_t instrument, std::int64_t sequence) {
  std::uint8_t* const record = buffer_.data() + (sent_ & mask_) * kRecordBytes;
  ++sent_;
  record[0] = 'O';
  record[1] = order.side == Side::kBid ? 'B' : 'S';
  record[2] = 0;
  record[3] = 0;
  StoreBig(record + 4, instrument);
  StoreBig(record + 8, sent_);
  StoreBig(record + 16, static_cast<std::uint64_t>(sequence));
  StoreBig(record + 24, static_cast<std::uint64_t>(order.price));
  StoreBig(record + 32, order.size);
  StoreBig(record + 36, static_cast<std::uint32_t>(crc32(0, record, 36)));
  digest_ = crc32(digest_, record, kRecordBytes);
}

std::span<const std::uint8_t> OrderGateway::Record(std::uint64_t token) const {
  if (token == 0 || token > sent_ || sent_ - token > mask_) return {};
  return {buffer_.data() + ((token - 1) & mask_) * kRecordBytes, kRecordBytes};
}

}  // namespace market_data

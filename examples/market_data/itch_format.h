#ifndef EXAMPLES_MARKET_DATA_ITCH_FORMAT_H_
#define EXAMPLES_MARKET_DATA_ITCH_FORMAT_H_

#include <array>
#include <cstddef>
#include <cstdint>

// NASDAQ TotalView-ITCH 5.0, revision of 2023-04-28. In a file each message stands behind a 2-byte
// length. Integers are big-endian; prices are Price(4), that is 1e-4 dollar, in 4 bytes.

namespace market_data {

inline constexpr std::size_t kItchLengthBytes = 2;

// The header that all messages share.
inline constexpr std::size_t kItchTypeOffset = 0;
inline constexpr std::size_t kItchLocateOffset = 1;
inline constexpr std::size_t kItchTrackingOffset = 3;
inline constexpr std::size_t kItchTimeOffset = 5;  // 6 bytes, ns since midnight
inline constexpr std::size_t kItchHeaderBytes = 11;

struct ItchMessageSpec {
  char type;
  std::uint8_t length;  // bytes, without the length field in front
  const char* name;
};

inline constexpr std::array<ItchMessageSpec, 23> kItchMessages = {{
    {'S', 12, "System Event"},
    {'R', 39, "Stock Directory"},
    {'H', 25, "Trading Action"},
    {'Y', 20, "Reg SHO"},
    {'L', 26, "Market Participant Position"},
    {'V', 35, "MWCB Decline Level"},
    {'W', 12, "MWCB Status"},
    {'K', 28, "Quoting Period Update"},
    {'J', 35, "LULD Auction Collar"},
    {'h', 21, "Operational Halt"},
    {'A', 36, "Add Order"},
    {'F', 40, "Add Order with MPID"},
    {'E', 31, "Order Executed"},
    {'C', 36, "Order Executed With Price"},
    {'X', 23, "Order Cancel"},
    {'D', 19, "Order Delete"},
    {'U', 35, "Order Replace"},
    {'P', 44, "Trade"},
    {'Q', 40, "Cross Trade"},
    {'B', 19, "Broken Trade"},
    {'I', 50, "Net Order Imbalance"},
    {'N', 20, "Retail Price Improvement"},
    {'O', 48, "Direct Listing with Capital Raise"},
}};

namespace internal {

constexpr std::array<std::uint8_t, 256> ItchLengths() {
  std::array<std::uint8_t, 256> lengths = {};
  for (const ItchMessageSpec& message : kItchMessages) {
    lengths[static_cast<std::uint8_t>(message.type)] = message.length;
  }
  return lengths;
}

}  // namespace internal

// kItchLengths gives the length that each type byte demands; 0 is an unknown type.
inline constexpr std::array<std::uint8_t, 256> kItchLengths = internal::ItchLengths();

// ItchMessageName gives the specification's name of a type, "unknown" for an unknown one.
constexpr const char* ItchMessageName(char type) {
  for (const ItchMessageSpec& message : kItchMessages) {
    if (message.type == type) return message.name;
  }
  return "unknown";
}

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_ITCH_FORMAT_H_

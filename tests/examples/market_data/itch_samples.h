#ifndef TESTS_EXAMPLES_MARKET_DATA_ITCH_SAMPLES_H_
#define TESTS_EXAMPLES_MARKET_DATA_ITCH_SAMPLES_H_

#include <cstdint>
#include <vector>

#include "examples/market_data/market_event.h"
#include "tests/examples/market_data/hex_bytes.h"

namespace market_data {

// ItchSample is one message written out by hand from the specification's table, and what it means.
// Every number has another value in every byte, so that a wrong offset or byte order shows.
struct ItchSample {
  const char* hex;
  BookMessage expected;
};

inline constexpr std::uint64_t kSampleTimeNs = 0x1f1e'1d1c'1b1a;

inline BookMessage SampleMessage(char type, std::uint32_t instrument,
                                 MessageKind kind = MessageKind::kOther) {
  BookMessage message;
  message.type = type;
  message.instrument = instrument;
  message.kind = kind;
  message.time_ns = kSampleTimeNs;
  return message;
}

// All 23 types, A with both sides and C with both values of printable.
inline std::vector<ItchSample> ItchSamples() {
  std::vector<ItchSample> samples;
  const auto other = [&samples](const char* hex, char type, std::uint32_t instrument) {
    samples.push_back({hex, SampleMessage(type, instrument)});
  };
  const auto order = [&samples](const char* hex, char type, MessageKind kind,
                                std::uint64_t order_id, std::uint32_t size, std::int64_t price,
                                Side side, std::uint64_t new_order_id = 0) {
    BookMessage message = SampleMessage(type, 0x1234, kind);
    message.order_id = order_id;
    message.new_order_id = new_order_id;
    message.size = size;
    message.price = price;
    message.side = side;
    samples.push_back({hex, message});
  };
  constexpr std::uint64_t kOrder = 0x0102'0304'0506'0708;
  constexpr std::uint64_t kNewOrder = 0xf1f2'f3f4'f5f6'f7f8;

  other("'S' 0000 0203 1f1e1d1c1b1a 'Q'", 'S', 0);
  samples.push_back(
      {"'R' 1234 0203 1f1e1d1c1b1a 'QXZJ-W  ' 'Q' 'N' 00000064 'N' 'C' 'Z ' 'P' 'N'"
       "'N' '1' 'N' 00000002 'Y'",
       SampleMessage('R', 0x1234, MessageKind::kDirectory)});
  samples.back().expected.new_order_id = 0x51'58'5a'4a'2d'57'20'20;
  other("'H' 1234 0203 1f1e1d1c1b1a 'QXZJ-W  ' 'H' ' ' 'T1  '", 'H', 0x1234);
  other("'Y' ffff 0203 1f1e1d1c1b1a 'QXZJ-W  ' '1'", 'Y', 0xffff);
  other("'L' 1234 0203 1f1e1d1c1b1a 'HUBB' 'QXZJ-W  ' 'Y' 'N' 'A'", 'L', 0x1234);
  other("'V' 0000 0203 1f1e1d1c1b1a 0000005d21dba001 00000056281b2002 0000004f2e5aa003", 'V', 0);
  other("'W' 0000 0203 1f1e1d1c1b1a '2'", 'W', 0);
  other("'K' 1234 0203 1f1e1d1c1b1a 'QXZJ-W  ' 00008ca1 'A' 00030d41", 'K', 0x1234);
  other("'J' 1234 0203 1f1e1d1c1b1a 'QXZJ-W  ' 00030d41 00033451 0002e631 00000001", 'J', 0x1234);
  other("'h' 1234 0203 1f1e1d1c1b1a 'QXZJ-W  ' 'Q' 'H'", 'h', 0x1234);
  order("'A' 1234 0203 1f1e1d1c1b1a 0102030405060708 'B' 0a0b0c0d 'QXZJ-W  ' 1a2b3c4d", 'A',
        MessageKind::kAdd, kOrder, 0x0a0b'0c0d, 0x1a2b'3c4d, Side::kBid);
  order("'A' 1234 0203 1f1e1d1c1b1a 0102030405060708 'S' ffffffff 'QXZJ-W  ' 77359400", 'A',
        MessageKind::kAdd, kOrder, 0xffff'ffff, 2'000'000'000, Side::kAsk);
  order("'F' 1234 0203 1f1e1d1c1b1a 0102030405060708 'S' 0a0b0c0d 'QXZJ-W  ' 1a2b3c4d 'HUBB'", 'F',
        MessageKind::kAdd, kOrder, 0x0a0b'0c0d, 0x1a2b'3c4d, Side::kAsk);
  order("'E' 1234 0203 1f1e1d1c1b1a 0102030405060708 0a0b0c0d 2122232425262728", 'E',
        MessageKind::kExecute, kOrder, 0x0a0b'0c0d, kNoPrice, Side::kNone);
  order("'C' 1234 0203 1f1e1d1c1b1a 0102030405060708 0a0b0c0d 2122232425262728 'Y' 1a2b3c4d", 'C',
        MessageKind::kExecute, kOrder, 0x0a0b'0c0d, 0x1a2b'3c4d, Side::kNone);
  order("'C' 1234 0203 1f1e1d1c1b1a 0102030405060708 0a0b0c0d 2122232425262728 'N' 1a2b3c4d", 'C',
        MessageKind::kReduce, kOrder, 0x0a0b'0c0d, 0x1a2b'3c4d, Side::kNone);
  order("'X' 1234 0203 1f1e1d1c1b1a 0102030405060708 0a0b0c0d", 'X', MessageKind::kReduce, kOrder,
        0x0a0b'0c0d, kNoPrice, Side::kNone);
  order("'D' 1234 0203 1f1e1d1c1b1a f1f2f3f4f5f6f7f8", 'D', MessageKind::kDelete, kNewOrder, 0,
        kNoPrice, Side::kNone);
  order("'U' 1234 0203 1f1e1d1c1b1a 0102030405060708 f1f2f3f4f5f6f7f8 0a0b0c0d 1a2b3c4d", 'U',
        MessageKind::kReplace, kOrder, 0x0a0b'0c0d, 0x1a2b'3c4d, Side::kNone, kNewOrder);
  order(
      "'P' 1234 0203 1f1e1d1c1b1a 0000000000000000 'B' 0a0b0c0d 'QXZJ-W  ' 1a2b3c4d"
      "2122232425262728",
      'P', MessageKind::kTrade, 0, 0x0a0b'0c0d, 0x1a2b'3c4d, Side::kBid);
  other("'Q' 1234 0203 1f1e1d1c1b1a 0102030405060708 'QXZJ-W  ' 1a2b3c4d 2122232425262728 'O'", 'Q',
        0x1234);
  other("'B' 1234 0203 1f1e1d1c1b1a 2122232425262728", 'B', 0x1234);
  other(
      "'I' 1234 0203 1f1e1d1c1b1a 0102030405060708 1112131415161718 'B' 'QXZJ-W  ' 00030d41"
      "00033451 0002e631 'C' '1'",
      'I', 0x1234);
  other("'N' 1234 0203 1f1e1d1c1b1a 'QXZJ-W  ' 'A'", 'N', 0x1234);
  other(
      "'O' 1234 0203 1f1e1d1c1b1a 'QXZJ-W  ' 'Y' 00030d41 00033451 0002e631 0102030405060708"
      "00030d42 00033452",
      'O', 0x1234);
  return samples;
}

// The samples as an ITCH file.
inline std::vector<std::uint8_t> ItchSampleFile() {
  std::vector<std::vector<std::uint8_t>> messages;
  for (const ItchSample& sample : ItchSamples()) messages.push_back(HexBytes(sample.hex));
  return Framed(messages);
}

}  // namespace market_data

#endif  // TESTS_EXAMPLES_MARKET_DATA_ITCH_SAMPLES_H_

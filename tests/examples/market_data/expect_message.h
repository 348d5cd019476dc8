#ifndef TESTS_EXAMPLES_MARKET_DATA_EXPECT_MESSAGE_H_
#define TESTS_EXAMPLES_MARKET_DATA_EXPECT_MESSAGE_H_

#include "examples/market_data/market_event.h"
#include "gtest/gtest.h"

namespace market_data {

// ExpectMessage compares every field, so that a failure names the one that differs.
inline void ExpectMessage(const BookMessage& found, const BookMessage& expected) {
  EXPECT_EQ(found.order_id, expected.order_id);
  EXPECT_EQ(found.new_order_id, expected.new_order_id);
  EXPECT_EQ(found.price, expected.price);
  EXPECT_EQ(found.time_ns, expected.time_ns);
  EXPECT_EQ(found.size, expected.size);
  EXPECT_EQ(found.instrument, expected.instrument);
  EXPECT_EQ(found.kind, expected.kind);
  EXPECT_EQ(found.side, expected.side);
  EXPECT_EQ(found.type, expected.type);
  EXPECT_EQ(found.end_of_event, expected.end_of_event);
}

// DirtyMessage has a value in every field that no test message has: a decoder that leaves a field
// alone is caught.
inline BookMessage DirtyMessage() {
  BookMessage message;
  message.order_id = message.new_order_id = message.time_ns = 0xdead'dead'dead'dead;
  message.price = -77;
  message.size = message.instrument = 0xdead'dead;
  message.kind = MessageKind::kClear;
  message.side = Side::kAsk;
  message.type = '?';
  message.end_of_event = false;
  return message;
}

}  // namespace market_data

#endif  // TESTS_EXAMPLES_MARKET_DATA_EXPECT_MESSAGE_H_

#include <cstdint>
#include <span>

#include "examples/market_data/itch_decoder.h"
#include "examples/market_data/itch_reader.h"
#include "examples/market_data/order_book.h"
#include "examples/market_data/read_result.h"
#include "examples/market_data/session.h"
#include "examples/market_data/session_generator.h"
#include "examples/market_data/stages.h"
#include "gtest/gtest.h"
#include "tests/examples/market_data/book_messages.h"
#include "tests/examples/market_data/counted_allocations.h"

namespace market_data {
namespace {

class SteadyStateAllocationTest : public testing::Test {
 protected:
  void SetUp() override {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer may bring its own operator new, which counts nothing";
#endif
  }
};

TEST_F(SteadyStateAllocationTest, BooksAllocateNothingWithinWhatIsReserved) {
  constexpr std::uint64_t kLive = 1000;
  Books books({.max_instruments = 8,
               .max_orders = 1 << 20,
               .reserved_instruments = 8,
               .reserved_orders = kLive,
               .reserved_levels_per_side = 100});
  TopOfBook top;
  const std::uint64_t before = CountedAllocations();
  for (std::uint64_t id = 0; id < 100'000; ++id) {
    const auto instrument = static_cast<std::uint32_t>(id % 8);
    const auto price = static_cast<std::int64_t>(id / 8 * 7 % 100);
    books.Apply(For(instrument, id % 16 < 8 ? AddBid(id, 10, price) : AddAsk(id, 10, 200 + price)),
                top);
    if (id >= kLive - 1) books.Apply(For((id + 1) % 8, Delete(id - (kLive - 1))), top);
    if (id % 5 == 0) books.Apply(For(instrument, Execute(id, 3)), top);
    if (id % 7 == 0) books.Apply(For(instrument, Modify(id, 5, price + 1)), top);
  }
  EXPECT_EQ(CountedAllocations(), before);
  EXPECT_EQ(books.Totals().unknown_references, 0u);
  EXPECT_GT(books.live_orders(), kLive / 2);
}

TEST_F(SteadyStateAllocationTest, GrowingBeyondTheReserveIsSeenByThisTest) {
  Books books({.reserved_orders = 10});
  TopOfBook top;
  const std::uint64_t before = CountedAllocations();
  for (std::uint64_t id = 0; id < 100; ++id) books.Apply(AddBid(id, 1, 1), top);
  EXPECT_GT(CountedAllocations(), before);
}

TEST_F(SteadyStateAllocationTest, NoStageAllocatesBetweenCreateAndFinish) {
  const auto input = GenerateItchSession({.messages = 50'000, .instruments = 4});
  ASSERT_TRUE(input.ok()) << input.status();
  SessionConfig config;
  config.checkpoint_positions = {10'000, 50'000};
  auto created = Session::Create(config);
  ASSERT_TRUE(created.ok()) << created.status();
  Session& session = **created;
  const DecodeStage<DecodeItch> decode{&session.decode()};
  const BookStage book{&session.book()};
  const SignalStage signal{&session.signal()};
  const OrderStage order{&session.order()};
  const JournalStage journal{&session.journal()};
  ItchReader reader(*input);
  std::span<const std::uint8_t> bytes;
  MarketEvent event;
  std::int64_t sequence = 0;
  const std::uint64_t before = CountedAllocations();
  for (; reader.Next(bytes) == ReadResult::kMessage; ++sequence) {
    event.bytes = bytes.data();
    event.length = static_cast<std::uint32_t>(bytes.size());
    decode(event, sequence, false);
    book(event, sequence, false);
    signal(event, sequence, false);
    order(event, sequence, false);
    journal(event, sequence, sequence % 100 == 0);
  }
  EXPECT_EQ(CountedAllocations(), before);
  EXPECT_EQ(sequence, 50'000);
  EXPECT_TRUE(session.Finish().ok());
  EXPECT_GT(session.Result().orders, 0u);
}

}  // namespace
}  // namespace market_data

#include "examples/market_data/session_generator.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "examples/market_data/generated_book.h"
#include "examples/market_data/itch_writer.h"
#include "examples/market_data/session_clock.h"
#include "examples/market_data/split_mix.h"

namespace market_data {
namespace {

constexpr std::uint32_t kMaxInstruments = 999;
constexpr std::uint64_t kMaxMessages = 100'000'000;
constexpr std::uint64_t kMaxSeconds = 12 * 3600;
constexpr std::uint64_t kNsPerSecond = 1'000'000'000;
constexpr std::uint64_t kOpenNs = (9 * 3600 + 30 * 60) * kNsPerSecond;

// Six S messages and a V; then per instrument R H Y L, and I Q at the open and Q at the close.
constexpr std::uint64_t kMarketWideMessages = 7;
constexpr std::uint64_t kMessagesPerInstrument = 7;

constexpr std::uint32_t kTick = 100;  // one cent
// References below are for orders "entered before the session", the unknown ones.
constexpr std::uint64_t kFirstReference = 0x1'0000'0000;
constexpr std::uint32_t kDepth = 80;  // levels
constexpr std::size_t kFewOrders = 24;
constexpr std::size_t kManyOrders = 300;
constexpr std::string_view kParticipants[] = {"HUBB", "RIMM", "SPKE", "VANE"};

struct Instrument {
  std::uint16_t locate = 0;
  std::string symbol;
  std::uint32_t base_price = 0;
  std::int32_t fair_level = GeneratedBook::kLevels / 2;  // bids belong at or below, asks above
  GeneratedBook book;

  std::uint32_t Price(std::int32_t level) const {
    return base_price + static_cast<std::uint32_t>(level) * kTick;
  }
};

class Session {
 public:
  Session(const SessionOptions& options, std::vector<std::uint8_t>& out)
      : options_(options),
        random_(options.seed),
        clock_(FirstMessageNs(options), kNsPerSecond / options.messages_per_second, random_),
        out_(out),
        instruments_(options.instruments) {
    for (std::uint32_t i = 0; i < options.instruments; ++i) {
      Instrument& instrument = instruments_[i];
      const std::string number = std::to_string(i + 1);
      instrument.locate = static_cast<std::uint16_t>(i + 1);
      instrument.symbol = "SPOKE" + std::string(3 - number.size(), '0') + number;
      instrument.base_price = (100 + random_.Below(30'000)) * kTick;
    }
  }

  void Write() {
    WriteOpening();
    const std::uint64_t flow =
        options_.messages - kMarketWideMessages - kMessagesPerInstrument * options_.instruments;
    std::uint64_t unknown = 0;
    for (std::uint64_t i = 1; i <= flow; ++i) {
      if (i * options_.unknown_references / flow > unknown) {
        Begin('D', Pick()).U64(++unknown);
      } else {
        WriteFlow();
      }
    }
    WriteClosing();
  }

 private:
  // As early as the messages before the open need, so that no pause comes before it.
  static std::uint64_t FirstMessageNs(const SessionOptions& options) {
    return kOpenNs - kMessagesPerInstrument * options.instruments * kNsPerSecond /
                         options.messages_per_second;
  }

  ItchWriter& Begin(char type, const Instrument& instrument) {
    return out_.Begin(type, instrument.locate, clock_.Tick());
  }

  void WriteSystemEvent(char event) { out_.Begin('S', 0, clock_.Tick()).Char(event); }

  void WriteOpening() {
    WriteSystemEvent('O');
    for (const Instrument& instrument : instruments_) {
      Begin('R', instrument).Text(instrument.symbol, 8).Text("QN", 2).U32(100);
      out_.Text("NCZ PN 1N", 9).U32(0).Char('N');
    }
    for (const Instrument& instrument : instruments_) {
      Begin('H', instrument).Text(instrument.symbol, 8).Text("T", 6);
      Begin('Y', instrument).Text(instrument.symbol, 8).Char('0');
      Begin('L', instrument).Text(kParticipants[0], 4).Text(instrument.symbol, 8).Text("YNA", 3);
    }
    out_.Begin('V', 0, clock_.Tick());
    for (const std::uint64_t dollars : {4000, 3700, 3400}) out_.U64(dollars * 100'000'000);
    WriteSystemEvent('S');
    for (const Instrument& instrument : instruments_) {
      WriteImbalance(instrument, 'O');
      WriteCross(instrument, 'O');
    }
    clock_.AdvanceTo(kOpenNs);
    WriteSystemEvent('Q');
  }

  void WriteClosing() {
    WriteSystemEvent('M');
    for (const Instrument& instrument : instruments_) WriteCross(instrument, 'C');
    WriteSystemEvent('E');
    WriteSystemEvent('C');
  }

  // The lower half of the instruments gets three quarters of the messages.
  Instrument& Pick() {
    return instruments_[std::min(random_.Below(options_.instruments),
                                 random_.Below(options_.instruments))];
  }

  void WriteFlow() {
    Instrument& instrument = Pick();
    if (random_.OneIn(32)) MoveFairPrice(instrument);
    const std::uint32_t draw = random_.Below(1000);
    const std::size_t live = instrument.book.live();
    if (draw >= 995) {
      WriteAside(instrument);
    } else if (draw >= 975) {
      WriteHiddenTrade(instrument);
    } else if (live < kFewOrders || (draw < 455 && live < kManyOrders)) {
      WriteAdd(instrument);
    } else if (draw < 855) {
      WriteDelete(instrument);
    } else if (draw < 905) {
      WriteExecution(instrument);
    } else if (draw < 925) {
      WriteCancel(instrument);
    } else {
      WriteReplace(instrument);
    }
  }

  void MoveFairPrice(Instrument& instrument) {
    const std::int32_t step = random_.OneIn(2) ? 1 : -1;
    instrument.fair_level =
        std::clamp(instrument.fair_level + step, 512, GeneratedBook::kLevels - 512);
  }

  // Densest near the fair price, but thin everywhere, so that the best price changes often; and
  // never across the other side. The distance stays far below the 512 levels that the fair price
  // keeps from both ends, so the level is always one of the book's.
  std::int32_t PlaceLevel(const Instrument& instrument, bool is_bid) {
    const auto distance =
        static_cast<std::int32_t>(std::min(random_.Below(kDepth), random_.Below(kDepth)));
    if (is_bid) return std::min(instrument.fair_level, instrument.book.best_ask() - 1) - distance;
    return std::max(instrument.fair_level + 1, instrument.book.best_bid() + 1) + distance;
  }

  std::uint32_t DrawShares() {
    const std::uint32_t draw = random_.Below(10);
    if (draw < 6) return 100;
    if (draw < 8) return 100 * (1 + random_.Below(10));
    return 1 + random_.Below(250);
  }

  std::uint64_t NewReference() { return reference_ += 1 + random_.Below(8); }

  std::uint32_t AnyOrder(const Instrument& instrument) {
    const auto live = static_cast<std::uint32_t>(instrument.book.live());
    return instrument.book.live_order(random_.Below(live));
  }

  void WriteAdd(Instrument& instrument) {
    const bool is_bid = random_.OneIn(2);
    const std::int32_t level = PlaceLevel(instrument, is_bid);
    const std::uint32_t shares = DrawShares();
    const std::uint64_t reference = NewReference();
    const bool attributed = random_.OneIn(32);
    Begin(attributed ? 'F' : 'A', instrument).U64(reference).Char(is_bid ? 'B' : 'S').U32(shares);
    out_.Text(instrument.symbol, 8).U32(instrument.Price(level));
    if (attributed) out_.Text(kParticipants[random_.Below(std::size(kParticipants))], 4);
    instrument.book.Add(reference, is_bid, level, shares);
  }

  void WriteDelete(Instrument& instrument) {
    // Quotes at the best price are taken back more often than others.
    const std::uint32_t order = random_.OneIn(4) ? BestOrder(instrument) : AnyOrder(instrument);
    Begin('D', instrument).U64(instrument.book.order(order).reference);
    instrument.book.Reduce(order, instrument.book.order(order).shares);
  }

  // The oldest order at a best price. A side that the fair price has run over comes first; that is
  // what moves the market. Requires a live order.
  std::uint32_t BestOrder(const Instrument& instrument) {
    const GeneratedBook& book = instrument.book;
    bool bid = random_.OneIn(2);
    if (book.best_bid() > instrument.fair_level) bid = true;
    if (book.best_ask() <= instrument.fair_level) bid = false;
    if (book.best_bid() < 0) bid = false;
    if (book.best_ask() == GeneratedBook::kLevels) bid = true;
    return book.Oldest(bid ? book.best_bid() : book.best_ask());
  }

  void WriteExecution(Instrument& instrument) {
    const std::uint32_t index = BestOrder(instrument);
    const GeneratedBook::Order& order = instrument.book.order(index);
    const std::uint32_t shares = random_.OneIn(4) ? 1 + random_.Below(order.shares) : order.shares;
    const bool own_price = random_.OneIn(16);
    Begin(own_price ? 'C' : 'E', instrument).U64(order.reference).U32(shares).U64(++match_);
    if (own_price) out_.Char(random_.OneIn(4) ? 'N' : 'Y').U32(instrument.Price(order.level));
    instrument.book.Reduce(index, shares);
  }

  // An order of one share has no part to cancel.
  void WriteCancel(Instrument& instrument) {
    const std::uint32_t index = AnyOrder(instrument);
    const GeneratedBook::Order& order = instrument.book.order(index);
    if (order.shares == 1) return WriteAdd(instrument);
    const std::uint32_t shares = 1 + random_.Below(order.shares - 1);
    Begin('X', instrument).U64(order.reference).U32(shares);
    instrument.book.Reduce(index, shares);
  }

  void WriteReplace(Instrument& instrument) {
    const std::uint32_t index = AnyOrder(instrument);
    const GeneratedBook::Order old = instrument.book.order(index);
    instrument.book.Reduce(index, old.shares);
    const std::int32_t level = PlaceLevel(instrument, old.is_bid);
    const std::uint32_t shares = random_.OneIn(2) ? old.shares : DrawShares();
    const std::uint64_t reference = NewReference();
    Begin('U', instrument).U64(old.reference).U64(reference).U32(shares);
    out_.U32(instrument.Price(level));
    instrument.book.Add(reference, old.is_bid, level, shares);
  }

  void WriteHiddenTrade(Instrument& instrument) {
    Begin('P', instrument).U64(0).Char('B').U32(DrawShares()).Text(instrument.symbol, 8);
    out_.U32(instrument.Price(instrument.fair_level)).U64(++match_);
  }

  void WriteAside(const Instrument& instrument) {
    const std::uint32_t draw = random_.Below(8);
    if (draw == 0 && match_ > 0) {
      Begin('B', instrument).U64(1 + random_.Below(static_cast<std::uint32_t>(match_)));
    } else if (draw < 4) {
      Begin('N', instrument).Text(instrument.symbol, 8).Char("BSAN"[random_.Below(4)]);
    } else {
      WriteImbalance(instrument, 'C');
    }
  }

  void WriteImbalance(const Instrument& instrument, char cross) {
    const std::uint32_t price = instrument.Price(instrument.fair_level);
    Begin('I', instrument).U64(100 * random_.Below(1000)).U64(100 * random_.Below(100));
    out_.Char("BS"[random_.Below(2)]).Text(instrument.symbol, 8).U32(price + kTick).U32(price);
    out_.U32(price).Char(cross).Char('1');
  }

  void WriteCross(const Instrument& instrument, char cross) {
    Begin('Q', instrument).U64(100 * random_.Below(10'000)).Text(instrument.symbol, 8);
    out_.U32(instrument.Price(instrument.fair_level)).U64(++match_).Char(cross);
  }

  const SessionOptions& options_;
  SplitMix random_;
  SessionClock clock_;
  ItchWriter out_;
  std::vector<Instrument> instruments_;
  std::uint64_t reference_ = kFirstReference;
  std::uint64_t match_ = 0;
};

absl::Status OutOfRange(const char* option, std::uint64_t value, std::uint64_t low,
                        std::uint64_t high) {
  return absl::InvalidArgumentError(std::string("session option ") + option + " is " +
                                    std::to_string(value) + "; give a number from " +
                                    std::to_string(low) + " to " + std::to_string(high));
}

absl::Status Check(const SessionOptions& options) {
  if (options.instruments < 1 || options.instruments > kMaxInstruments) {
    return OutOfRange("instruments", options.instruments, 1, kMaxInstruments);
  }
  const std::uint64_t least = kMarketWideMessages + kMessagesPerInstrument * options.instruments +
                              options.unknown_references;
  if (options.messages < least || options.messages > kMaxMessages) {
    return OutOfRange("messages", options.messages, least, kMaxMessages);
  }
  const std::uint64_t slowest = options.messages / kMaxSeconds + 1;
  if (options.messages_per_second < slowest || options.messages_per_second > kNsPerSecond) {
    return OutOfRange("messages_per_second", options.messages_per_second, slowest, kNsPerSecond);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<std::uint8_t>> GenerateItchSession(const SessionOptions& options) {
  if (const absl::Status status = Check(options); !status.ok()) return status;
  std::vector<std::uint8_t> bytes;
  // The mix comes to 31.5 bytes a message, framing included.
  bytes.reserve(options.messages * 33 + 4096);
  Session(options, bytes).Write();
  return bytes;
}

}  // namespace market_data

// Reads real exchange data. It belongs to its vendors and is not part of the tree: name its
// directory in PINWHEEL_MARKET_DATA_DIR, or this test reports itself as skipped.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

#include "examples/market_data/dbn_decoder.h"
#include "examples/market_data/dbn_reader.h"
#include "examples/market_data/feed_format.h"
#include "examples/market_data/input_file.h"
#include "examples/market_data/itch_decoder.h"
#include "examples/market_data/itch_reader.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace market_data {
namespace {

constexpr char kAapl[] = "/nasdaq_itch/aapl_20120621_0930_1030";
constexpr char kDirectory[] = "/nasdaq_itch/directory_1000_messages.itch";
constexpr char kCapture[] = "/nasdaq_itch/moldudp64_two_packets.pcap";
constexpr char kFutures[] = "/cme_mbo/esh4-glbx-mdp3-20231225";

using Counts = std::map<char, std::uint64_t>;

class RealFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    const char* const directory = std::getenv("PINWHEEL_MARKET_DATA_DIR");
    if (directory == nullptr) {
      GTEST_SKIP() << "set PINWHEEL_MARKET_DATA_DIR (and --test_env=PINWHEEL_MARKET_DATA_DIR) to "
                      "the directory that holds nasdaq_itch and cme_mbo";
    }
    directory_ = directory;
  }

  InputFile Load(const std::string& path) const {
    absl::StatusOr<InputFile> file = InputFile::Load(directory_ + path);
    if (!file.ok()) throw std::runtime_error(file.status().ToString());
    return *std::move(file);
  }

  nlohmann::json Expected(const std::string& path) const {
    return nlohmann::json::parse(std::ifstream(directory_ + path + ".expected.json"));
  }

  std::string directory_;
};

Counts ExpectedCounts(const nlohmann::json& by_type) {
  Counts counts;
  for (const auto& [type, count] : by_type.items()) counts[type.at(0)] = count;
  return counts;
}

struct ItchFile {
  Counts by_type;
  std::uint64_t messages = 0;
  std::uint64_t executed_shares = 0;
  std::uint64_t hidden_shares = 0;
};

ItchFile ReadItch(std::span<const std::uint8_t> bytes) {
  ItchFile file;
  ItchReader reader(bytes);
  std::span<const std::uint8_t> raw;
  BookMessage message;
  std::uint64_t last_ns = 0;
  ReadResult result;
  while ((result = reader.Next(raw)) == ReadResult::kMessage) {
    EXPECT_TRUE(DecodeItch(raw, message));
    EXPECT_GE(message.time_ns, last_ns);
    last_ns = message.time_ns;
    ++file.messages;
    ++file.by_type[message.type];
    if (message.kind == MessageKind::kExecute) file.executed_shares += message.size;
    if (message.kind == MessageKind::kTrade) file.hidden_shares += message.size;
  }
  EXPECT_EQ(result, ReadResult::kEnd) << reader.error().ToString();
  EXPECT_EQ(reader.offset(), bytes.size());
  return file;
}

TEST_F(RealFilesTest, CountsTheAaplHourAsItsExpectationDoes) {
  const InputFile input = Load(std::string(kAapl) + ".itch");
  const nlohmann::json expected = Expected(kAapl);
  EXPECT_EQ(DetectFeedFormat(input.bytes()).value_or(FeedFormat::kDbn), FeedFormat::kItch);
  const ItchFile file = ReadItch(input.bytes());
  EXPECT_EQ(file.messages, expected["messages"]);
  EXPECT_EQ(file.by_type, ExpectedCounts(expected["by_type"]));
  EXPECT_EQ(file.executed_shares, expected["executed_shares"]);
  EXPECT_EQ(file.hidden_shares, expected["hidden_shares"]);
}

TEST_F(RealFilesTest, ReadsTheDirectoryOfARealDay) {
  const ItchFile file = ReadItch(Load(kDirectory).bytes());
  EXPECT_EQ(file.messages, 1000u);
  EXPECT_EQ(file.by_type, (Counts{{'S', 1}, {'R', 993}, {'H', 3}, {'Y', 3}}));
}

TEST_F(RealFilesTest, ReportsEveryCutNearTheEndOfTheItchFileAtTheLastMessage) {
  const InputFile input = Load(std::string(kAapl) + ".itch");
  const std::size_t last = input.bytes().size() - 14;  // the closing S message and its length
  for (std::size_t left = 1; left < 14; ++left) {
    ItchReader reader(input.bytes().first(last + left));
    std::span<const std::uint8_t> raw;
    std::uint64_t messages = 0;
    while (reader.Next(raw) == ReadResult::kMessage) ++messages;
    EXPECT_EQ(messages, 92'001u);
    EXPECT_EQ(reader.error().offset, last);
  }
}

TEST_F(RealFilesTest, TakesACaptureForWhatItIs) {
  const absl::StatusOr<FeedFormat> format = DetectFeedFormat(Load(kCapture).bytes());
  ASSERT_FALSE(format.ok());
  EXPECT_NE(std::string(format.status().message()).find("packet capture"), std::string::npos);
}

TEST_F(RealFilesTest, CountsTheFuturesSessionAsItsExpectationDoes) {
  const InputFile input = Load(std::string(kFutures) + ".mbo.dbn");
  const nlohmann::json expected = Expected(kFutures);
  EXPECT_EQ(DetectFeedFormat(input.bytes()).value_or(FeedFormat::kItch), FeedFormat::kDbn);
  DbnReader reader(input.bytes());
  std::span<const std::uint8_t> raw;
  BookMessage message;
  Counts by_action;
  std::uint64_t records = 0;
  std::uint64_t events = 0;
  std::uint64_t untimed = 0;
  std::uint64_t last_ns = 0;
  ReadResult result;
  while ((result = reader.Next(raw)) == ReadResult::kMessage) {
    ASSERT_TRUE(DecodeDbn(raw, message));
    ++records;
    ++by_action[message.type];
    events += message.end_of_event ? 1 : 0;
    EXPECT_EQ(message.instrument, 17'077u);
    if (DbnTimeNs(raw) == kNoRecordedTime) {
      ++untimed;
    } else {
      EXPECT_GE(DbnTimeNs(raw), last_ns);
      last_ns = DbnTimeNs(raw);
    }
  }
  EXPECT_EQ(result, ReadResult::kEnd) << reader.error().ToString();
  EXPECT_EQ(reader.offset(), input.bytes().size());
  EXPECT_EQ(reader.skipped(), 0u);
  EXPECT_EQ(records, expected["records"]);
  EXPECT_EQ(by_action, ExpectedCounts(expected["by_action"]));
  EXPECT_EQ(events, expected["events"]);
  EXPECT_EQ(untimed, 8725u);
}

TEST_F(RealFilesTest, ReportsEveryCutOfTheLastRecord) {
  const InputFile input = Load(std::string(kFutures) + ".mbo.dbn");
  const std::size_t last = input.bytes().size() - 56;
  for (std::size_t left = 1; left < 56; ++left) {
    DbnReader reader(input.bytes().first(last + left));
    std::span<const std::uint8_t> raw;
    std::uint64_t records = 0;
    while (reader.Next(raw) == ReadResult::kMessage) ++records;
    EXPECT_EQ(records, 68'791u);
    EXPECT_EQ(reader.error().offset, last);
  }
}

}  // namespace
}  // namespace market_data

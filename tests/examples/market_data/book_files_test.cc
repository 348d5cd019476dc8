#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "examples/market_data/dbn_decoder.h"
#include "examples/market_data/dbn_reader.h"
#include "examples/market_data/expectation.h"
#include "examples/market_data/itch_decoder.h"
#include "examples/market_data/itch_reader.h"
#include "examples/market_data/reference_run.h"
#include "examples/market_data/session.h"
#include "examples/market_data/stages.h"
#include "gtest/gtest.h"

// The books of real sessions, against what an independent program found in the same files. The
// files belong to their vendors and are not part of this tree: PINWHEEL_MARKET_DATA_DIR says where
// they are, and without it these tests are skipped.

namespace market_data {
namespace {

template <DecodeFunction& kDecode, typename Reader>
void ExpectTheBooksOf(const std::string& name, const std::string& suffix) {
  const char* const directory = std::getenv("PINWHEEL_MARKET_DATA_DIR");
  if (directory == nullptr) GTEST_SKIP() << "PINWHEEL_MARKET_DATA_DIR is not set";
  const std::string path = std::string(directory) + "/" + name;
  std::ifstream file(path + suffix, std::ios::binary);
  ASSERT_TRUE(file) << "cannot read " << path << suffix;
  const std::vector<std::uint8_t> input{std::istreambuf_iterator<char>(file), {}};
  const absl::StatusOr<Expectation> expectation = Expectation::Load(path + ".expected.json");
  ASSERT_TRUE(expectation.ok()) << expectation.status();
  ASSERT_FALSE(expectation->CheckpointPositions().empty());

  SessionConfig config;
  config.checkpoint_positions = expectation->CheckpointPositions();
  config.checkpoint_symbol = expectation->symbol();
  auto session = Session::Create(config);
  ASSERT_TRUE(session.ok()) << session.status();
  Reader reader(input);
  const ReferenceRun run = RunSingleThreaded<kDecode>(reader, **session);
  EXPECT_EQ(reader.offset(), input.size());
  EXPECT_TRUE(run.journal.ok()) << run.journal;
  EXPECT_TRUE(expectation->Compare(run.result).ok()) << expectation->Compare(run.result);
  EXPECT_EQ(run.result.totals.Faults(), 0u);
  EXPECT_EQ(run.result.refused, 0u);
  EXPECT_EQ(run.result.journal_records, run.result.messages);
  EXPECT_GT(run.result.orders, 0u);
}

TEST(BookFilesTest, TheNasdaqHourHasTheExpectedBooks) {
  ExpectTheBooksOf<DecodeItch, ItchReader>("nasdaq_itch/aapl_20120621_0930_1030", ".itch");
}

TEST(BookFilesTest, TheFuturesSessionHasTheExpectedBooks) {
  ExpectTheBooksOf<DecodeDbn, DbnReader>("cme_mbo/esh4-glbx-mdp3-20231225", ".mbo.dbn");
}

}  // namespace
}  // namespace market_data

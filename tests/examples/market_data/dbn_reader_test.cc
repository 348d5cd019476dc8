#include "examples/market_data/dbn_reader.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/examples/market_data/dbn_samples.h"

namespace market_data {
namespace {

using Bytes = std::vector<std::uint8_t>;

struct Outcome {
  std::vector<Bytes> records;
  ReadResult last = ReadResult::kMessage;
  std::uint64_t offset = 0;
  std::uint64_t skipped = 0;
  InputError error;
};

// ReadAll reads a copy of exactly that size, so that the address sanitizer sees any byte too far.
Outcome ReadAll(const Bytes& input) {
  const Bytes exact(input.begin(), input.end());
  DbnReader reader(exact);
  Outcome outcome;
  std::span<const std::uint8_t> record;
  while ((outcome.last = reader.Next(record)) == ReadResult::kMessage) {
    outcome.records.emplace_back(record.begin(), record.end());
  }
  outcome.offset = reader.offset();
  outcome.skipped = reader.skipped();
  outcome.error = reader.error();
  EXPECT_EQ(reader.Next(record), outcome.last) << "the end must stay the end";
  EXPECT_EQ(reader.offset(), outcome.offset);
  return outcome;
}

void ExpectErrorAt(const Outcome& outcome, std::uint64_t offset, const std::string& text) {
  EXPECT_EQ(outcome.last, ReadResult::kError);
  EXPECT_EQ(outcome.error.offset, offset);
  EXPECT_EQ(outcome.error.text, text);
}

TEST(DbnReaderTest, GivesTheRecordsAndSkipsOtherTypes) {
  const Bytes add = DbnRecord('A', 'B');
  const Bytes cancel = DbnRecord('C', 'A');
  const Bytes file = Joined({DbnFileHeader(), DbnOtherRecord(4), add, DbnOtherRecord(10),
                             DbnOtherRecord(255), cancel, DbnOtherRecord(14)});
  const Outcome outcome = ReadAll(file);
  EXPECT_EQ(outcome.last, ReadResult::kEnd);
  EXPECT_EQ(outcome.records, (std::vector<Bytes>{add, cancel}));
  EXPECT_EQ(outcome.skipped, 4u);
  EXPECT_EQ(outcome.offset, file.size());
}

TEST(DbnReaderTest, AcceptsAFileWithoutRecords) {
  const Outcome outcome = ReadAll(DbnFileHeader());
  EXPECT_EQ(outcome.last, ReadResult::kEnd);
  EXPECT_EQ(outcome.offset, kDbnFileHeaderBytes);
}

TEST(DbnReaderTest, ReadsTheLongerRecordsOfAFileWithSendingTimes) {
  Bytes header = DbnFileHeader();
  header[60] = 1;
  Bytes record = Joined({DbnRecord('A', 'B'), Bytes(8, 0x77)});
  record[0] = 16;
  const Outcome outcome = ReadAll(Joined({header, record, record}));
  EXPECT_EQ(outcome.last, ReadResult::kEnd);
  EXPECT_EQ(outcome.records, (std::vector<Bytes>{record, record}));
  ExpectErrorAt(ReadAll(Joined({header, DbnRecord('A', 'B')})), kDbnFileHeaderBytes,
                "record type 0xa0, market by order, with length 56; expected 64");
}

TEST(DbnReaderTest, DeliversAllWholeRecordsOfAnInputCutAnywhere) {
  const std::vector<Bytes> records = {DbnRecord('A', 'B'), DbnRecord('M', 'B'), DbnOtherRecord(5),
                                      DbnRecord('C', 'B')};
  Bytes whole = DbnFileHeader();
  std::vector<std::size_t> starts = {whole.size()};
  for (const Bytes& record : records) {
    whole.insert(whole.end(), record.begin(), record.end());
    starts.push_back(whole.size());
  }
  for (std::size_t cut = 0; cut < kDbnFileHeaderBytes; ++cut) {
    SCOPED_TRACE(cut);
    const Outcome outcome = ReadAll(Bytes(whole.begin(), whole.begin() + cut));
    EXPECT_EQ(outcome.last, ReadResult::kError);
    EXPECT_TRUE(outcome.records.empty());
    EXPECT_EQ(outcome.error.offset, cut < 8 ? 0u : 4u);
  }
  std::size_t complete = 0;
  for (std::size_t cut = kDbnFileHeaderBytes; cut <= whole.size(); ++cut) {
    SCOPED_TRACE(cut);
    while (complete + 1 < starts.size() && starts[complete + 1] <= cut) ++complete;
    const Outcome outcome = ReadAll(Bytes(whole.begin(), whole.begin() + cut));
    EXPECT_EQ(outcome.records.size() + outcome.skipped, complete);
    EXPECT_EQ(outcome.offset, starts[complete]);
    EXPECT_EQ(outcome.last, cut == starts[complete] ? ReadResult::kEnd : ReadResult::kError);
    if (cut != starts[complete]) {
      EXPECT_EQ(outcome.error.offset, starts[complete]);
      EXPECT_EQ(outcome.error.text.rfind("the input ends within a record", 0), 0u);
    }
  }
}

TEST(DbnReaderTest, SaysWhatIsWrongInTheFileHeader) {
  const Bytes good = Joined({DbnFileHeader(), DbnRecord('A', 'B')});
  const auto with = [&good](std::size_t offset, std::uint8_t value) {
    Bytes bad = good;
    bad[offset] = value;
    return bad;
  };
  ExpectErrorAt(ReadAll(with(1, 'X')), 0, "the input does not start with \"DBN\"");
  ExpectErrorAt(ReadAll(HexBytes("'DBN' 01 c6")), 0,
                "the input ends within the file header: 5 bytes, expected 8");
  ExpectErrorAt(ReadAll(with(3, 2)), 3, "DBN version 2; expected version 1");
  ExpectErrorAt(ReadAll(with(4, 119)), 4,
                "metadata length 119; expected at least 120 and at most the 254 bytes behind it");
  ExpectErrorAt(ReadAll(with(4, 255)), 4,
                "metadata length 255; expected at least 120 and at most the 254 bytes behind it");
  ExpectErrorAt(ReadAll(with(7, 0xff)), 4,
                "metadata length 4278190278; expected at least 120 and at most the 254 bytes "
                "behind it");
  ExpectErrorAt(ReadAll(with(24, 1)), 24, "schema 1; expected 0, market by order (\"mbo\")");
  ExpectErrorAt(ReadAll(with(25, 1)), 24, "schema 256; expected 0, market by order (\"mbo\")");
  ExpectErrorAt(ReadAll(with(60, 2)), 60, "ts_out flag 2; expected 0 or 1");
}

TEST(DbnReaderTest, RefusesLengthsThatARecordCannotHave) {
  const Bytes start = Joined({DbnFileHeader(), DbnRecord('A', 'B')});
  for (int words = 0; words < 256; ++words) {
    if (words == 14) continue;
    SCOPED_TRACE(words);
    Bytes record = DbnRecord('A', 'B');
    record[0] = static_cast<std::uint8_t>(words);
    const Outcome outcome = ReadAll(Joined({start, record, Bytes(1024, 0)}));
    EXPECT_EQ(outcome.records.size(), 1u);
    const std::string length = "length " + std::to_string(4 * words);
    ExpectErrorAt(outcome, start.size(),
                  words < 4
                      ? "record " + length + "; expected at least the 16 bytes of a record header"
                      : "record type 0xa0, market by order, with " + length + "; expected 56");
  }
  // A record of a type to skip must still be as long as a header, or skipping it never ends.
  const Outcome outcome = ReadAll(Joined({start, HexBytes("00 12"), Bytes(64, 0)}));
  ExpectErrorAt(outcome, start.size(),
                "record length 0; expected at least the 16 bytes of a record header");
}

TEST(DbnReaderTest, SaysWhatIsLeftOfACutRecord) {
  ExpectErrorAt(ReadAll(Joined({DbnFileHeader(), HexBytes("0e")})), 206,
                "the input ends within a record: length 56, 1 byte left");
  ExpectErrorAt(ReadAll(Joined({DbnFileHeader(), HexBytes("0e a0 01")})), 206,
                "the input ends within a record: type 0xa0 with length 56, 3 bytes left");
}

}  // namespace
}  // namespace market_data

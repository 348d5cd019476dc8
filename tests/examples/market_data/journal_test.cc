#include "examples/market_data/journal.h"

#include <unistd.h>
#include <zlib.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "examples/market_data/journal_reader.h"
#include "gtest/gtest.h"

namespace market_data {
namespace {

std::vector<std::uint8_t> Payload(std::int64_t sequence) {
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(sequence % 57));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(sequence * 31 + static_cast<std::int64_t>(i));
  }
  return bytes;
}

void AppendOne(Journal& journal, std::int64_t sequence) {
  journal.Append(sequence, static_cast<std::uint64_t>(sequence) * 1000,
                 static_cast<char>('A' + sequence % 26), Payload(sequence));
}

std::vector<std::uint8_t> ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class JournalTest : public testing::Test {
 protected:
  std::string path_ = testing::TempDir() + "journal_test." + std::to_string(getpid());
  void TearDown() override { unlink(path_.c_str()); }
};

TEST_F(JournalTest, GivesBackWhatWasAppended) {
  // Small enough to fill up several times between the flushes.
  auto journal = Journal::Open(path_, 5000);
  ASSERT_TRUE(journal.ok()) << journal.status();
  for (std::int64_t i = 0; i < 10'000; ++i) {
    AppendOne(**journal, i);
    if (i % 777 == 0) (*journal)->Flush();
  }
  ASSERT_TRUE((*journal)->Close().ok());
  EXPECT_TRUE((*journal)->Close().ok()) << "closing twice is harmless";
  EXPECT_EQ((*journal)->records(), 10'000u);

  const std::vector<std::uint8_t> file = ReadAll(path_);
  EXPECT_EQ(file.size(), (*journal)->bytes());
  EXPECT_EQ(crc32(0, file.data(), static_cast<uInt>(file.size())), (*journal)->digest());
  JournalReader reader(file);
  JournalRecord record;
  for (std::int64_t i = 0; i < 10'000; ++i) {
    ASSERT_EQ(reader.Next(record), ReadResult::kMessage) << i;
    EXPECT_EQ(record.header.sequence, i);
    EXPECT_EQ(record.header.time_ns, static_cast<std::uint64_t>(i) * 1000);
    EXPECT_EQ(record.header.type, 'A' + i % 26);
    EXPECT_EQ(std::vector<std::uint8_t>(record.bytes.begin(), record.bytes.end()), Payload(i));
  }
  EXPECT_EQ(reader.Next(record), ReadResult::kEnd);
}

TEST_F(JournalTest, CountsAndDigestsTheSameWithAndWithoutAFileAndHoweverItIsFlushed) {
  auto with_file = Journal::Open(path_, 1 << 20);
  auto without = Journal::Open("", 5000);
  ASSERT_TRUE(with_file.ok() && without.ok());
  for (std::int64_t i = 0; i < 1000; ++i) {
    AppendOne(**with_file, i);
    AppendOne(**without, i);
    (*without)->Flush();
  }
  EXPECT_TRUE((*with_file)->Close().ok());
  EXPECT_TRUE((*without)->Close().ok());
  EXPECT_EQ((*with_file)->digest(), (*without)->digest());
  EXPECT_EQ((*with_file)->bytes(), (*without)->bytes());
}

TEST_F(JournalTest, TheDigestKnowsEveryByte) {
  auto one = Journal::Open("");
  auto other = Journal::Open("");
  ASSERT_TRUE(one.ok() && other.ok());
  (*one)->Append(1, 2, 'A', Payload(20));
  std::vector<std::uint8_t> changed = Payload(20);
  changed.back() ^= 1;
  (*other)->Append(1, 2, 'A', changed);
  ASSERT_TRUE((*one)->Close().ok() && (*other)->Close().ok());
  EXPECT_NE((*one)->digest(), (*other)->digest());
}

TEST_F(JournalTest, AFullDiskIsReportedWithWhatIsMissing) {
  if (access("/dev/full", W_OK) != 0) GTEST_SKIP() << "no /dev/full here";
  auto journal = Journal::Open("/dev/full");
  ASSERT_TRUE(journal.ok()) << journal.status();
  for (std::int64_t i = 0; i < 100; ++i) {
    AppendOne(**journal, i);
    (*journal)->Flush();
  }
  const absl::Status status = (*journal)->Close();
  EXPECT_FALSE(status.ok());
  const std::string text(status.message());
  EXPECT_NE(text.find("/dev/full"), std::string::npos) << text;
  EXPECT_NE(text.find("0 of " + std::to_string((*journal)->bytes()) + " bytes"), std::string::npos)
      << text;
  EXPECT_NE(text.find("No space left"), std::string::npos) << text;
  EXPECT_EQ((*journal)->records(), 100u) << "the run goes on";
  EXPECT_EQ((*journal)->Close(), status);
}

TEST_F(JournalTest, APathThatCannotBeOpenedIsAnError) {
  const auto journal = Journal::Open("/nonexistent-directory/journal");
  ASSERT_FALSE(journal.ok());
  EXPECT_NE(std::string(journal.status().message()).find("/nonexistent-directory/journal"),
            std::string::npos);
}

TEST_F(JournalTest, AMessageThatIsTooLongIsCut) {
  auto journal = Journal::Open(path_);
  ASSERT_TRUE(journal.ok());
  (*journal)->Append(1, 2, 'A', std::vector<std::uint8_t>(kMaxJournalPayload + 1, 7));
  AppendOne(**journal, 5);
  ASSERT_TRUE((*journal)->Close().ok());
  const std::vector<std::uint8_t> file = ReadAll(path_);
  JournalReader reader(file);
  JournalRecord record;
  ASSERT_EQ(reader.Next(record), ReadResult::kMessage);
  EXPECT_EQ(record.bytes.size(), kMaxJournalPayload);
  ASSERT_EQ(reader.Next(record), ReadResult::kMessage);
  EXPECT_EQ(record.header.sequence, 5);
}

TEST_F(JournalTest, TheReaderFindsTheCutWhereverItIs) {
  auto journal = Journal::Open(path_);
  ASSERT_TRUE(journal.ok());
  std::vector<std::uint64_t> ends = {(*journal)->bytes()};
  for (std::int64_t i = 1; i <= 3; ++i) {
    AppendOne(**journal, i);
    ends.push_back((*journal)->bytes());
  }
  ASSERT_TRUE((*journal)->Close().ok());
  const std::vector<std::uint8_t> file = ReadAll(path_);
  for (std::size_t size = 0; size <= file.size(); ++size) {
    const std::vector<std::uint8_t> cut(file.begin(),
                                        file.begin() + static_cast<std::ptrdiff_t>(size));
    std::size_t whole = 0;
    while (whole + 1 < ends.size() && ends[whole + 1] <= size) ++whole;
    JournalReader reader(cut);
    JournalRecord record;
    for (std::size_t i = 0; i < whole; ++i) ASSERT_EQ(reader.Next(record), ReadResult::kMessage);
    const bool clean = size == ends[whole];
    EXPECT_EQ(reader.Next(record), clean ? ReadResult::kEnd : ReadResult::kError) << size;
    if (!clean) {
      EXPECT_EQ(reader.error().offset, size < ends[0] ? 0 : ends[whole]) << size;
    }
    EXPECT_EQ(reader.Next(record), clean ? ReadResult::kEnd : ReadResult::kError) << size;
  }
}

TEST_F(JournalTest, TheReaderRefusesOtherFilesAndImpossibleLengths) {
  JournalRecord record;
  EXPECT_EQ(JournalReader(std::vector<std::uint8_t>(100, 'x')).Next(record), ReadResult::kError);
  std::vector<std::uint8_t> file(std::begin(kJournalMagic), std::end(kJournalMagic));
  file.resize(file.size() + sizeof(JournalHeader), 0xFF);
  EXPECT_EQ(JournalReader(file).Next(record), ReadResult::kError);
}

}  // namespace
}  // namespace market_data

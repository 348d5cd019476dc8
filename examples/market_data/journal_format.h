#ifndef EXAMPLES_MARKET_DATA_JOURNAL_FORMAT_H_
#define EXAMPLES_MARKET_DATA_JOURNAL_FORMAT_H_

#include <bit>
#include <cstddef>
#include <cstdint>

namespace market_data {

// A journal file is kJournalMagic, then for each message a JournalHeader and its raw bytes, without
// padding. Integers are little-endian, as on every machine this runs on.
static_assert(std::endian::native == std::endian::little, "the header is written as it lies");

inline constexpr char kJournalMagic[8] = {'P', 'W', 'J', 'R', 'N', 'L', '0', '1'};

struct JournalHeader {
  std::int64_t sequence = 0;
  std::uint64_t time_ns = 0;
  std::uint32_t length = 0;
  char type = ' ';
  char reserved[3] = {};
};
static_assert(sizeof(JournalHeader) == 24, "no hidden padding goes into the file");

// Far above any message of either feed.
inline constexpr std::size_t kMaxJournalPayload = 4096;

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_JOURNAL_FORMAT_H_

#include "examples/market_data/journal_reader.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace market_data {

ReadResult JournalReader::Next(JournalRecord& record) {
  if (failed_) return ReadResult::kError;
  if (offset_ == 0) {
    if (file_.size() < sizeof(kJournalMagic) ||
        std::memcmp(file_.data(), kJournalMagic, sizeof(kJournalMagic)) != 0) {
      return Fail("this is not a journal");
    }
    offset_ = sizeof(kJournalMagic);
  }
  const std::size_t left = file_.size() - offset_;
  if (left == 0) return ReadResult::kEnd;
  if (left < sizeof(JournalHeader)) return Fail("the header of a record is cut off");
  std::memcpy(&record.header, file_.data() + offset_, sizeof(JournalHeader));
  if (record.header.length > kMaxJournalPayload) return Fail("a record has an impossible length");
  if (left - sizeof(JournalHeader) < record.header.length) return Fail("a record is cut off");
  record.bytes = file_.subspan(offset_ + sizeof(JournalHeader), record.header.length);
  offset_ += sizeof(JournalHeader) + record.header.length;
  return ReadResult::kMessage;
}

ReadResult JournalReader::Fail(const char* text) {
  failed_ = true;
  error_ = {.offset = offset_, .text = text};
  return ReadResult::kError;
}

}  // namespace market_data

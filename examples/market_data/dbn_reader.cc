#include "examples/market_data/dbn_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "examples/market_data/byte_order.h"

namespace market_data {
namespace {

std::string Hex(std::uint8_t value) {
  static constexpr char kDigits[] = "0123456789abcdef";
  return {'0', 'x', kDigits[value >> 4], kDigits[value & 15]};
}

}  // namespace

DbnReader::DbnReader(std::span<const std::uint8_t> input) : input_(input) { ReadFileHeader(); }

void DbnReader::ReadFileHeader() {
  const std::size_t size = input_.size();
  const std::size_t magic_bytes = std::min(size, kDbnMagic.size());
  if (!std::equal(kDbnMagic.begin(), kDbnMagic.begin() + magic_bytes, input_.begin())) {
    Fail(0, "the input does not start with \"DBN\"");
    return;
  }
  if (size < kDbnPrologueBytes) {
    Fail(0, "the input ends within the file header: " + std::to_string(size) + " bytes, expected " +
                std::to_string(kDbnPrologueBytes));
    return;
  }
  const std::uint8_t* const bytes = input_.data();
  if (bytes[kDbnVersionOffset] != kDbnVersion) {
    Fail(kDbnVersionOffset, "DBN version " + std::to_string(bytes[kDbnVersionOffset]) +
                                "; expected version " + std::to_string(kDbnVersion));
    return;
  }
  const std::size_t metadata = LoadLittle32(bytes + kDbnMetadataLengthOffset);
  if (metadata < kDbnMinMetadataBytes || metadata > size - kDbnPrologueBytes) {
    Fail(kDbnMetadataLengthOffset,
         "metadata length " + std::to_string(metadata) + "; expected at least " +
             std::to_string(kDbnMinMetadataBytes) + " and at most the " +
             std::to_string(size - kDbnPrologueBytes) + " bytes behind it");
    return;
  }
  const std::uint16_t schema = LoadLittle16(bytes + kDbnSchemaOffset);
  if (schema != kDbnSchemaMbo) {
    Fail(kDbnSchemaOffset,
         "schema " + std::to_string(schema) + "; expected 0, market by order (\"mbo\")");
    return;
  }
  if (bytes[kDbnTsOutOffset] > 1) {
    Fail(kDbnTsOutOffset,
         "ts_out flag " + std::to_string(bytes[kDbnTsOutOffset]) + "; expected 0 or 1");
    return;
  }
  if (bytes[kDbnTsOutOffset] == 1) record_bytes_ += kDbnTsOutBytes;
  offset_ = kDbnPrologueBytes + metadata;
}

ReadResult DbnReader::NextUnusual(std::span<const std::uint8_t>& record) {
  if (failed_) return ReadResult::kError;
  while (offset_ < input_.size()) {
    const std::size_t left = input_.size() - offset_;
    const std::uint8_t* const at = input_.data() + offset_;
    const std::size_t length = at[kDbnRecordLengthOffset] * kDbnWordBytes;
    if (length < kDbnHeaderBytes) {
      return Fail(offset_, "record length " + std::to_string(length) + "; expected at least the " +
                               std::to_string(kDbnHeaderBytes) + " bytes of a record header");
    }
    if (left <= kDbnRecordTypeOffset) {
      return Fail(offset_, "the input ends within a record: length " + std::to_string(length) +
                               ", 1 byte left");
    }
    const std::uint8_t type = at[kDbnRecordTypeOffset];
    if (type == kDbnMboType && length != record_bytes_) {
      return Fail(offset_, "record type " + Hex(type) + ", market by order, with length " +
                               std::to_string(length) + "; expected " +
                               std::to_string(record_bytes_));
    }
    if (length > left) {
      return Fail(offset_, "the input ends within a record: type " + Hex(type) + " with length " +
                               std::to_string(length) + ", " + std::to_string(left) +
                               " bytes left");
    }
    offset_ += length;
    if (type == kDbnMboType) {
      record = {at, length};
      return ReadResult::kMessage;
    }
    ++skipped_;
  }
  return ReadResult::kEnd;
}

ReadResult DbnReader::Fail(std::size_t offset, std::string text) {
  failed_ = true;
  error_ = {offset, std::move(text)};
  return ReadResult::kError;
}

}  // namespace market_data

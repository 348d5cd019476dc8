#include "examples/market_data/feed_format.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "examples/market_data/byte_order.h"
#include "examples/market_data/dbn_format.h"
#include "examples/market_data/itch_format.h"

namespace market_data {
namespace {

constexpr std::size_t kTextSampleBytes = 64;

// Names that people try; the first of a format is the one that FeedFormatName gives.
constexpr std::pair<std::string_view, FeedFormat> kNames[] = {
    {"itch", FeedFormat::kItch},      {"dbn", FeedFormat::kDbn},      {"itch5", FeedFormat::kItch},
    {"itch50", FeedFormat::kItch},    {"itch5.0", FeedFormat::kItch}, {"nasdaq", FeedFormat::kItch},
    {"totalview", FeedFormat::kItch}, {"dbn1", FeedFormat::kDbn},     {"mbo", FeedFormat::kDbn},
    {"databento", FeedFormat::kDbn},  {"cme", FeedFormat::kDbn},
};

struct Magic {
  std::string_view bytes;
  const char* advice;
};

using namespace std::string_view_literals;

constexpr Magic kMagics[] = {
    {"\x1f\x8b"sv, "gzip data; unpack it first: gunzip -c FILE > FILE.raw"},
    {"\x28\xb5\x2f\xfd"sv, "zstd data; unpack it first: zstd -dc FILE > FILE.raw"},
    {"\xfd"
     "7zXZ\0"sv,
     "xz data; unpack it first: xz -dc FILE > FILE.raw"},
    {"BZh"sv, "bzip2 data; unpack it first: bzip2 -dc FILE > FILE.raw"},
    {"\x04\x22\x4d\x18"sv, "lz4 data; unpack it first: lz4 -dc FILE > FILE.raw"},
    {"PK\x03\x04"sv, "a zip archive; unpack it first: unzip FILE"},
    {"\xa1\xb2\xc3\xd4"sv, nullptr},
    {"\xd4\xc3\xb2\xa1"sv, nullptr},
    {"\xa1\xb2\x3c\x4d"sv, nullptr},
    {"\x4d\x3c\xb2\xa1"sv, nullptr},
    {"\x0a\x0d\x0d\x0a"sv, nullptr},
    {"PAR1"sv, "a Parquet file; export the feed in its raw format"},
    {"\x7f"
     "ELF"sv,
     "a program, not market data"},
};

constexpr char kPacketCapture[] =
    "a packet capture; extract the ITCH messages from its UDP payloads into a file first, each "
    "behind a 2-byte big-endian length";

std::string LowerCase(std::string name) {
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return name;
}

// The number of characters to insert, delete or exchange to make one name of the other.
std::size_t EditDistance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t exchanged = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = std::exchange(row[j + 1], std::min({exchanged, row[j] + 1, row[j + 1] + 1}));
    }
  }
  return row.back();
}

bool StartsWith(std::span<const std::uint8_t> input, std::string_view bytes) {
  return input.size() >= bytes.size() &&
         std::equal(bytes.begin(), bytes.end(), input.begin(),
                    [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
}

bool LooksLikeText(std::span<const std::uint8_t> input) {
  const auto sample = input.first(std::min(input.size(), kTextSampleBytes));
  return std::all_of(sample.begin(), sample.end(), [](std::uint8_t byte) {
    return (byte >= ' ' && byte != 0x7f) || byte == '\t' || byte == '\r' || byte == '\n';
  });
}

std::string FirstBytes(std::span<const std::uint8_t> input) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : input.first(std::min<std::size_t>(input.size(), 8))) {
    if (!text.empty()) text += ' ';
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

absl::Status NotAFeed(const std::string& what) {
  return absl::InvalidArgumentError("the input is neither ITCH 5.0 nor DBN: it " + what);
}

}  // namespace

const char* FeedFormatName(FeedFormat format) {
  return format == FeedFormat::kItch ? "itch" : "dbn";
}

absl::StatusOr<FeedFormat> ParseFeedFormat(const std::string& name) {
  const std::string lower = LowerCase(name);
  std::size_t least = 3;  // a distance of 3 is no likeness in names this short
  const std::pair<std::string_view, FeedFormat>* nearest = nullptr;
  for (const auto& known : kNames) {
    if (lower == FeedFormatName(known.second)) return known.second;
    const std::size_t distance = EditDistance(lower, known.first);
    if (distance < least && distance < known.first.size()) {
      least = distance;
      nearest = &known;
    }
  }
  std::string text = "unknown format \"" + name +
                     "\"; the formats are itch (NASDAQ ITCH 5.0) and "
                     "dbn (Databento market by order)";
  if (nearest != nullptr) {
    text += std::string("; did you mean ") + FeedFormatName(nearest->second) + "?";
  }
  return absl::InvalidArgumentError(text);
}

absl::StatusOr<FeedFormat> DetectFeedFormat(std::span<const std::uint8_t> input) {
  if (input.empty()) return NotAFeed("is empty");
  if (StartsWith(input, "DBN")) return FeedFormat::kDbn;
  if (input.size() > kItchLengthBytes) {
    const std::uint16_t length = LoadBig16(input.data());
    if (length != 0 && length == kItchLengths[input[kItchLengthBytes]]) return FeedFormat::kItch;
  }
  for (const Magic& magic : kMagics) {
    if (StartsWith(input, magic.bytes)) {
      return NotAFeed(std::string("looks like ") +
                      (magic.advice != nullptr ? magic.advice : kPacketCapture));
    }
  }
  if (LooksLikeText(input)) {
    return NotAFeed("looks like text; give the feed's binary file");
  }
  return NotAFeed("starts with the bytes " + FirstBytes(input) +
                  "; if it is one of them after all, for example ITCH that starts with a new "
                  "message type, name it with --format=itch or --format=dbn");
}

}  // namespace market_data

#ifndef EXAMPLES_MARKET_DATA_DBN_FORMAT_H_
#define EXAMPLES_MARKET_DATA_DBN_FORMAT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

// Databento Binary Encoding, version 1, schema "market by order". Everything is little-endian,
// prices are 1e-9 of the currency in 8 bytes, times are ns since 1970 UTC.

namespace market_data {

// The file header: magic, version, metadata length; then the metadata, then records.
inline constexpr std::array<std::uint8_t, 3> kDbnMagic = {'D', 'B', 'N'};
inline constexpr std::uint8_t kDbnVersion = 1;
inline constexpr std::size_t kDbnVersionOffset = 3;
inline constexpr std::size_t kDbnMetadataLengthOffset = 4;
inline constexpr std::size_t kDbnPrologueBytes = 8;
inline constexpr std::size_t kDbnSchemaOffset = 24;
inline constexpr std::size_t kDbnTsOutOffset = 60;
inline constexpr std::uint16_t kDbnSchemaMbo = 0;
// The fixed fields, the schema definition length and the four list counts, all lists empty.
inline constexpr std::size_t kDbnMinMetadataBytes = 120;

// The header that records of all types share.
inline constexpr std::size_t kDbnRecordLengthOffset = 0;  // in words
inline constexpr std::size_t kDbnRecordTypeOffset = 1;
inline constexpr std::size_t kDbnWordBytes = 4;
inline constexpr std::size_t kDbnHeaderBytes = 16;

inline constexpr std::uint8_t kDbnMboType = 0xa0;
inline constexpr std::size_t kDbnMboBytes = 56;
// A file with the "ts_out" flag has the vendor's sending time behind each record.
inline constexpr std::size_t kDbnTsOutBytes = 8;

// A market-by-order record.
inline constexpr std::size_t kDbnInstrumentOffset = 4;
inline constexpr std::size_t kDbnTsEventOffset = 8;
inline constexpr std::size_t kDbnOrderIdOffset = 16;
inline constexpr std::size_t kDbnPriceOffset = 24;
inline constexpr std::size_t kDbnSizeOffset = 32;
inline constexpr std::size_t kDbnFlagsOffset = 36;
inline constexpr std::size_t kDbnActionOffset = 38;
inline constexpr std::size_t kDbnSideOffset = 39;
inline constexpr std::size_t kDbnTsRecvOffset = 40;

inline constexpr std::uint8_t kDbnFlagLast = 0x80;
inline constexpr std::uint8_t kDbnFlagSnapshot = 0x20;
inline constexpr std::int64_t kDbnUndefinedPrice = std::numeric_limits<std::int64_t>::max();

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_DBN_FORMAT_H_

#ifndef EXAMPLES_MARKET_DATA_BOOKS_TABLE_H_
#define EXAMPLES_MARKET_DATA_BOOKS_TABLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "examples/market_data/instrument_summary.h"

namespace market_data {

struct BooksTableOptions {
  // Feed units in one unit of money: 10'000 in ITCH, 1'000'000'000 in DBN.
  std::int64_t price_scale = 10'000;
  // The busiest instruments are shown; the others become one line that sums them up.
  std::uint32_t max_rows = 12;
};

// FormatPrice writes a price with two decimals, more where it has them, and "-" for kNoPrice.
std::string FormatPrice(std::int64_t price, std::int64_t scale);

// BooksTable lays out the books as text for a terminal of at least 100 columns: per instrument the
// best bid and offer with their sizes, live orders, unknown references and faults.
std::string BooksTable(const std::vector<InstrumentSummary>& instruments,
                       const BooksTableOptions& options);

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_BOOKS_TABLE_H_

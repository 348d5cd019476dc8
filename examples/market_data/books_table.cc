#include "examples/market_data/books_table.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace market_data {
namespace {

std::string Name(const InstrumentSummary& summary) {
  return summary.symbol.empty() ? absl::StrCat("#", summary.instrument) : summary.symbol;
}

// The price ends where the "x" begins, so that the decimal points of a column stand in line.
std::string Level(std::int64_t price, std::uint64_t size, std::int64_t scale) {
  if (price == kNoPrice) return absl::StrFormat("%11s   %-7s", "-", "");
  return absl::StrFormat("%11s x %-7d", FormatPrice(price, scale), size);
}

}  // namespace

std::string FormatPrice(std::int64_t price, std::int64_t scale) {
  if (price == kNoPrice) return "-";
  const bool negative = price < 0;
  // Not -price: the most negative number has no positive counterpart.
  const std::uint64_t magnitude =
      negative ? std::uint64_t{0} - static_cast<std::uint64_t>(price) : price;
  const auto unit = static_cast<std::uint64_t>(scale);
  std::string decimals;
  std::uint64_t rest = magnitude % unit;
  for (std::uint64_t digit = unit / 10; digit > 0; digit /= 10) {
    decimals += static_cast<char>('0' + rest / digit);
    rest %= digit;
  }
  while (decimals.size() > 2 && decimals.back() == '0') decimals.pop_back();
  while (decimals.size() < 2) decimals += '0';
  return absl::StrCat(negative ? "-" : "", magnitude / unit, ".", decimals);
}

std::string BooksTable(const std::vector<InstrumentSummary>& instruments,
                       const BooksTableOptions& options) {
  std::vector<const InstrumentSummary*> rows;
  for (const InstrumentSummary& summary : instruments) rows.push_back(&summary);
  // The busiest first; equals in the order of first appearance.
  std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) {
    return a->counters.Messages() > b->counters.Messages();
  });
  const std::size_t shown = std::min<std::size_t>(rows.size(), options.max_rows);

  std::string text = absl::StrFormat("  %-11s %10s %11s   %-7s %11s   %-7s %8s %12s %7s\n",
                                     "instrument", "messages", "best bid", "size", "best ask",
                                     "size", "orders", "unknown refs", "faults");
  for (std::size_t i = 0; i < shown; ++i) {
    const InstrumentSummary& row = *rows[i];
    const TopOfBook& top = row.top;
    absl::StrAppendFormat(&text, "  %-11s %10d %s %s %8d %12d %7d\n", Name(row),
                          row.counters.Messages(),
                          Level(top.bid_price, top.bid_size, options.price_scale),
                          Level(top.ask_price, top.ask_size, options.price_scale), row.live_orders,
                          row.counters.unknown_references, row.counters.Faults());
  }
  if (shown == rows.size()) return text;

  std::uint64_t messages = 0;
  std::uint64_t live_orders = 0;
  std::uint64_t unknown = 0;
  std::uint64_t faults = 0;
  for (std::size_t i = shown; i < rows.size(); ++i) {
    messages += rows[i]->counters.Messages();
    live_orders += rows[i]->live_orders;
    unknown += rows[i]->counters.unknown_references;
    faults += rows[i]->counters.Faults();
  }
  absl::StrAppendFormat(&text, "  %-11s %10d %21s %21s %8d %12d %7d\n",
                        absl::StrCat(rows.size() - shown, " others"), messages, "", "", live_orders,
                        unknown, faults);
  return text;
}

}  // namespace market_data

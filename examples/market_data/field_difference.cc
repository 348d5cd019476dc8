#include "examples/market_data/field_difference.h"

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"

namespace market_data {

void FieldDifference::Check(const std::string& field, std::uint64_t expected, std::uint64_t found) {
  if (expected == found || any()) return;
  text_ = absl::StrCat(field, ": expected ", expected, ", found ", found);
}

void FieldDifference::CheckPrice(const std::string& field, std::int64_t expected,
                                 std::int64_t found) {
  if (expected == found || any()) return;
  const auto text = [](std::int64_t price) {
    return price == kNoPrice ? std::string("none") : absl::StrCat(price);
  };
  text_ = absl::StrCat(field, ": expected ", text(expected), ", found ", text(found));
}

void FieldDifference::CheckTop(const std::string& prefix, const TopOfBook& expected,
                               const TopOfBook& found) {
  if (expected == found || any()) return;
  CheckPrice(prefix + "bid price", expected.bid_price, found.bid_price);
  Check(prefix + "bid size", expected.bid_size, found.bid_size);
  Check(prefix + "bid orders", expected.bid_orders, found.bid_orders);
  CheckPrice(prefix + "ask price", expected.ask_price, found.ask_price);
  Check(prefix + "ask size", expected.ask_size, found.ask_size);
  Check(prefix + "ask orders", expected.ask_orders, found.ask_orders);
}

void FieldDifference::CheckText(const std::string& field, const std::string& expected,
                                const std::string& found) {
  if (expected == found || any()) return;
  text_ = absl::StrCat(field, ": expected \"", expected, "\", found \"", found, "\"");
}

}  // namespace market_data

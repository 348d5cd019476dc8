#ifndef EXAMPLES_MARKET_DATA_FIELD_DIFFERENCE_H_
#define EXAMPLES_MARKET_DATA_FIELD_DIFFERENCE_H_

#include <cstdint>
#include <string>

#include "examples/market_data/market_event.h"

namespace market_data {

// FieldDifference finds the first of several fields that differs, and says how:
// "bid price: expected 5861000, found 5861100". Checks after the first difference do nothing.
class FieldDifference {
 public:
  void Check(const std::string& field, std::uint64_t expected, std::uint64_t found);
  // A price of kNoPrice is written as "none".
  void CheckPrice(const std::string& field, std::int64_t expected, std::int64_t found);
  // Checks all fields of a best bid and offer; `prefix` stands before their names.
  void CheckTop(const std::string& prefix, const TopOfBook& expected, const TopOfBook& found);
  void CheckText(const std::string& field, const std::string& expected, const std::string& found);

  // Empty as long as everything was equal.
  const std::string& text() const { return text_; }
  bool any() const { return !text_.empty(); }

 private:
  std::string text_;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_FIELD_DIFFERENCE_H_

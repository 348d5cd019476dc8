#include "examples/market_data/expectation.h"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <limits>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"

namespace market_data {

using Json = nlohmann::json;

// ExpectationParser reads one file. Its functions return false after the first error, which is then
// in status(): JSON has no errors worth going on after.
class ExpectationParser {
 public:
  explicit ExpectationParser(const std::string& name) { expectation_.name_ = name; }

  absl::StatusOr<Expectation> Parse(const std::string& text) {
    // The third argument turns exceptions off: what does not parse is "discarded".
    const Json root = Json::parse(text, nullptr, false);
    if (root.is_discarded()) return Error("", "expected JSON, found something else");
    if (!root.is_object()) return Error("", Expected("an object", root));
    const bool itch = root.contains("messages");
    if (itch == root.contains("records")) {
      return Error("", "expected exactly one of the fields \"messages\" and \"records\"");
    }
    expectation_.unit_ = itch ? "messages" : "records";
    if (!Read(root, itch)) return status_;
    return std::move(expectation_);
  }

 private:
  bool Read(const Json& root, bool itch) {
    Expectation& e = expectation_;
    return Count(root[e.unit_], e.unit_, e.messages_) &&
           ByType(root, itch ? "by_type" : "by_action") && Symbol(root) &&
           Total(root, "unknown_order_references", e.unknown_references_) &&
           Total(root, "duplicate_adds", e.duplicate_adds_) &&
           Total(root, "executed_shares", e.executed_size_) &&
           Total(root, "hidden_shares", e.hidden_size_) && Total(root, "events", e.events_) &&
           Total(root, "events_with_crossed_book", e.crossed_events_) &&
           Total(root, "live_orders_at_end", e.live_orders_) &&
           Checkpoints(root, absl::StrCat("after_", e.unit_));
  }

  bool Symbol(const Json& root) {
    const auto at = root.find("symbol");
    if (at == root.end()) return true;
    if (!at->is_string()) return Fail("symbol", Expected("a string", *at));
    expectation_.symbol_ = at->get<std::string>();
    return true;
  }

  bool ByType(const Json& root, const std::string& field) {
    const auto at = root.find(field);
    if (at == root.end()) return true;
    if (!at->is_object()) return Fail(field, Expected("an object", *at));
    for (const auto& [type, count] : at->items()) {
      if (type.size() != 1) return Fail(field, Expected("types of one character", Json(type)));
      std::uint64_t value = 0;
      if (!Count(count, absl::StrCat(field, ".", type), value)) return false;
      expectation_.by_type_.emplace_back(type[0], value);
    }
    return true;
  }

  bool Total(const Json& root, const std::string& field, std::optional<std::uint64_t>& out) {
    const auto at = root.find(field);
    return at == root.end() || Count(*at, field, out.emplace());
  }

  bool Checkpoints(const Json& root, const std::string& position_field) {
    const auto list = root.find("checkpoints");
    if (list == root.end()) return true;
    if (!list->is_array()) return Fail("checkpoints", Expected("an array", *list));
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (!ReadCheckpoint((*list)[i], absl::StrCat("checkpoints[", i, "]"), position_field)) {
        return false;
      }
    }
    return true;
  }

  bool ReadCheckpoint(const Json& json, const std::string& field,
                      const std::string& position_field) {
    if (!json.is_object()) return Fail(field, Expected("an object", json));
    for (const char* name : {position_field.c_str(), "bid", "ask", "live_orders"}) {
      if (!json.contains(name)) return Fail(absl::StrCat(field, ".", name), "is missing");
    }
    Checkpoint checkpoint;
    std::uint64_t position = 0;
    if (!Count(json[position_field], absl::StrCat(field, ".", position_field), position)) {
      return false;
    }
    const std::vector<std::int64_t>& before = expectation_.positions_;
    checkpoint.position = static_cast<std::int64_t>(position);
    if (checkpoint.position <= (before.empty() ? 0 : before.back())) {
      return Fail(absl::StrCat(field, ".", position_field),
                  absl::StrCat("expected more than ", before.empty() ? 0 : before.back(),
                               ", found ", position));
    }
    TopOfBook& top = checkpoint.top;
    if (!Level(json["bid"], field + ".bid", top.bid_price, top.bid_size, top.bid_orders) ||
        !Level(json["ask"], field + ".ask", top.ask_price, top.ask_size, top.ask_orders) ||
        !Count(json["live_orders"], field + ".live_orders", checkpoint.live_orders)) {
      return false;
    }
    expectation_.positions_.push_back(checkpoint.position);
    expectation_.checkpoints_.push_back(checkpoint);
    return true;
  }

  bool Level(const Json& json, const std::string& field, std::int64_t& price, std::uint64_t& size,
             std::uint32_t& orders) {
    if (json.is_null()) return true;
    if (!json.is_array() || json.size() != 3) {
      return Fail(field, Expected("[price, size, orders] or null", json));
    }
    // A price may be negative; what is above the largest signed number does not fit.
    if (!json[0].is_number_integer() ||
        (json[0].is_number_unsigned() && json[0].get<std::uint64_t>() > kMaxCount)) {
      return Fail(field + "[0]", Expected("an integer", json[0]));
    }
    price = json[0].get<std::int64_t>();
    std::uint64_t count = 0;
    if (!Count(json[1], field + "[1]", size) || !Count(json[2], field + "[2]", count)) return false;
    if (count > std::numeric_limits<std::uint32_t>::max()) {
      return Fail(field + "[2]", absl::StrCat("expected a number of orders, found ", count));
    }
    orders = static_cast<std::uint32_t>(count);
    return true;
  }

  bool Count(const Json& json, const std::string& field, std::uint64_t& out) {
    if (!json.is_number_unsigned() || json.get<std::uint64_t>() > kMaxCount) {
      return Fail(field, Expected("a whole number of at least 0", json));
    }
    out = json.get<std::uint64_t>();
    return true;
  }

  static std::string Expected(const std::string& what, const Json& json) {
    // Only short values are shown as they are. Nested ones are not even converted to text: that is
    // recursive in nlohmann_json, and a hostile file nests deeper than the stack.
    const std::string text =
        json.is_primitive() ? json.dump(-1, ' ', true, Json::error_handler_t::replace) : "";
    const bool show = !text.empty() && text.size() <= 40;
    return absl::StrCat("expected ", what, ", found ", show ? text : json.type_name());
  }

  absl::Status Error(const std::string& field, const std::string& what) {
    return absl::InvalidArgumentError(
        absl::StrCat(expectation_.name_, ": ", field, field.empty() ? "" : ": ", what));
  }

  bool Fail(const std::string& field, const std::string& what) {
    status_ = Error(field, what);
    return false;
  }

  static constexpr std::uint64_t kMaxCount = std::numeric_limits<std::int64_t>::max();

  Expectation expectation_;
  absl::Status status_;
};

absl::StatusOr<Expectation> Expectation::Parse(const std::string& text, const std::string& name) {
  return ExpectationParser(name).Parse(text);
}

absl::StatusOr<Expectation> Expectation::Load(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  // A directory opens and cannot be read.
  if (!file || !(text << file.rdbuf())) {
    const int error = errno == 0 ? EIO : errno;
    return absl::ErrnoToStatus(error, absl::StrCat("cannot read the expectation file ", path));
  }
  return Parse(text.str(), path.substr(path.find_last_of('/') + 1));
}

}  // namespace market_data

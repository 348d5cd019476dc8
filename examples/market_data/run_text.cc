#include "examples/market_data/run_text.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "examples/market_data/example_options.h"
#include "examples/market_data/number_text.h"

namespace market_data {
namespace {

// The middle and the ends of several runs.
struct Spread {
  double median = 0;
  double low = 0;
  double high = 0;
};

Spread SpreadOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  if (values.empty()) return {};
  return {values[values.size() / 2], values.front(), values.back()};
}

double MillionsPerSecond(double nanos) { return nanos > 0 ? 1e3 / nanos : 0; }

std::string RateLine(const char* name, const std::vector<double>& nanos, const char* unit) {
  const Spread spread = SpreadOf(nanos);
  return absl::StrFormat("  %-17s %6.2f M %s/s  [%.2f to %.2f]   %.1f ns each\n", name,
                         MillionsPerSecond(spread.median), unit, MillionsPerSecond(spread.high),
                         MillionsPerSecond(spread.low), spread.median);
}

}  // namespace

std::string TitleText(const std::string& input, const char* format, const char* unit,
                      const RecordedPace& pace, std::size_t bytes) {
  std::string text = absl::StrFormat("%s: %s, %s %s, %.1f MB", input, format,
                                     WithCommas(pace.messages), unit, bytes / 1e6);
  if (pace.duration_ns > 0) {
    absl::StrAppendFormat(&text, ", recorded over %.1f s", pace.duration_ns / 1e9);
  }
  return text + "\n";
}

std::string PlacementText(const disruptor::runtime::RunReport& report) {
  return "\nWhere it ran\n" + report.PlacementText();
}

std::string ThroughputText(const Throughput& throughput, const char* unit, bool with_latency) {
  std::string text = absl::StrFormat(
      "\nThroughput: as fast as it goes, %d rounds in turns, median [slowest to "
      "fastest]\n",
      static_cast<int>(throughput.pipelined_ns.size()));
  text += RateLine("pipeline", throughput.pipelined_ns, unit);
  text += RateLine("single thread", throughput.single_ns, unit);
  if (with_latency) {
    text +=
        "\nTimes under saturation: \"waiting\" and what contains it are the length of full queues, "
        "not latencies\n";
    text += throughput.pipelined.report.LatencyText();
  }
  return text;
}

std::string PacedText(const PipelinedRun& run, const RecordedPace& pace, double speed,
                      const char* unit) {
  std::string text =
      absl::StrFormat("\nLatency: %s %s at %.4g times the recorded pace, from when each was due\n",
                      WithCommas(run.result.messages), unit, speed);
  text += run.report.LatencyText();
  const double due_ns = static_cast<double>(pace.duration_ns) / speed;
  if (due_ns > 0 && !run.interrupted && !run.input_error) {
    // Time that the source needed beyond the recording's is time that it was held up.
    const double reached = 100 * due_ns / std::max<double>(run.publishing.count(), due_ns);
    absl::StrAppendFormat(&text,
                          "  pace              %s a second on average, %.1f %% of it reached%s\n",
                          WithCommas(static_cast<std::uint64_t>(pace.MessagesPerSecond() * speed)),
                          reached, reached < 99 ? ": OVERLOADED, the table shows a backlog" : "");
  }
  return text;
}

std::string ResultText(const SessionResult& result, const char* unit, std::uint64_t skipped) {
  std::string text = absl::StrFormat(
      "\nTotals\n"
      "  %-17s %s, %s live orders, %s changes of a best bid or offer\n"
      "  %-17s %s sent\n"
      "  %-17s %s records, %.1f MB, digest %08x\n",
      unit, WithCommas(result.messages), WithCommas(result.live_orders),
      WithCommas(result.top_changes), "orders", WithCommas(result.orders), "journal",
      WithCommas(result.journal_records), result.journal_bytes / 1e6, result.journal_digest);
  if (skipped > 0) {
    absl::StrAppend(&text, "  skipped           ", WithCommas(skipped), " of unknown types\n");
  }
  return text;
}

double DefaultSpeed(const RecordedPace& pace) {
  const double recorded = pace.MessagesPerSecond();
  return recorded > 0 ? kDefaultRate / recorded : 1;
}

}  // namespace market_data

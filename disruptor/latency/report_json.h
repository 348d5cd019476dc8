#ifndef DISRUPTOR_LATENCY_REPORT_JSON_H_
#define DISRUPTOR_LATENCY_REPORT_JSON_H_

#include "disruptor/latency/report.h"
#include "nlohmann/json.hpp"

namespace disruptor::latency {

// PercentileTableJson is the table for programs, with what the text has no room for:
//
//   {"title": "latency", "metrics": [{
//      "name": "decode", "unit": "ns", "samples": 300000, "overflow": 0, "negative": 0,
//      "significant_digits": 2, "lowest": 1, "highest": 10000000000,
//      "min": 70, "mean": 91.2, "stddev": 30.1, "max": 15312,
//      "percentiles": [{"percentile": 50.0, "value": 85, "samples_needed": 200}, ...]}]}
//
// "unit" is "ns" or "count". "value" is null where the table prints "-" (fewer samples than
// "samples_needed") or "> highest"; the latter also has "above_highest": true.
nlohmann::json PercentileTableJson(const PercentileTable& table);

}  // namespace disruptor::latency

#endif  // DISRUPTOR_LATENCY_REPORT_JSON_H_

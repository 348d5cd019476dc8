#include "examples/market_data/example_options.h"

#include <cmath>
#include <cstdlib>

namespace market_data {

absl::Status ParseSpeed(const std::string& text, ExampleOptions& options) {
  options.run_max = text == "max" || text == "both";
  options.run_paced = text != "max";
  options.speed = 0;
  if (options.run_max) return absl::OkStatus();
  char* end = nullptr;
  const double speed = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !std::isfinite(speed) || speed <= 0) {
    return absl::InvalidArgumentError("--speed=" + text +
                                      ": expected max, both, or a number above 0 such as 20");
  }
  options.speed = speed;
  return absl::OkStatus();
}

std::string PathFromWorkingDirectory(const std::string& path) {
  const char* directory = std::getenv("BUILD_WORKING_DIRECTORY");
  if (path.empty() || path.front() == '/' || directory == nullptr) return path;
  return std::string(directory) + "/" + path;
}

}  // namespace market_data

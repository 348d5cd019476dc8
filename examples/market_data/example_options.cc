#include "examples/market_data/example_options.h"

#include <cstdlib>

namespace market_data {
namespace {

// Beyond these, due times leave the range of the clock.
constexpr double kSlowest = 1e-3;
constexpr double kFastest = 1e9;

}  // namespace

absl::Status ParseSpeed(const std::string& text, ExampleOptions& options) {
  options.run_max = text == "max" || text == "both";
  options.run_paced = text != "max";
  options.speed = 0;
  if (options.run_max) return absl::OkStatus();
  char* end = nullptr;
  const double speed = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !(speed >= kSlowest && speed <= kFastest)) {
    return absl::InvalidArgumentError(
        "--speed=" + text +
        ": expected max, both, or a number such as 20, from 0.001 to 1000000000");
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

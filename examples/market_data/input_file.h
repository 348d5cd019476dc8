#ifndef EXAMPLES_MARKET_DATA_INPUT_FILE_H_
#define EXAMPLES_MARKET_DATA_INPUT_FILE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace market_data {

// InputFile is a whole file in memory, every page of it touched, so that reading it later costs
// neither page faults nor the disk. It is read and not mapped: a mapped file that somebody
// truncates meanwhile ends the process with SIGBUS in the middle of a stage.
class InputFile {
 public:
  // Load reads the regular file at `path`, through symbolic links.
  //
  //   Never   waits for a writer or a device: a pipe, a socket or a device is refused unopened.
  //   Errors  a status with the path, what was found, and what to do:
  //             kNotFound            nothing there
  //             kPermissionDenied    not readable
  //             kInvalidArgument     a directory, a pipe, a device, ...; an empty file or path
  //             kResourceExhausted   larger than the memory that is available now
  //             kUnavailable         the system failed to read it, or it changed meanwhile
  static absl::StatusOr<InputFile> Load(const std::string& path);

  InputFile(InputFile&&) = default;
  InputFile& operator=(InputFile&&) = default;

  // The bytes stay where they are when the InputFile is moved.
  [[nodiscard]] std::span<const std::uint8_t> bytes() const { return {bytes_.get(), size_}; }

 private:
  InputFile(std::unique_ptr<std::uint8_t[]> bytes, std::size_t size)
      : bytes_(std::move(bytes)), size_(size) {}

  std::unique_ptr<std::uint8_t[]> bytes_;
  std::size_t size_;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_INPUT_FILE_H_

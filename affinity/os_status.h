#ifndef AFFINITY_OS_STATUS_H_
#define AFFINITY_OS_STATUS_H_

#include <cstring>
#include <string>

#include "absl/status/status.h"

namespace affinity {

// OsStatus turns an error number of the operating system into a status that a reader can act on:
// "<tried>: Invalid argument (errno 22); <fix>". `tried` is the call with its arguments in words;
// `fix` is the command or setting that helps, and may be empty. The status code follows the error
// number (EPERM is permission denied, ENOENT is not found, and so on).
inline absl::Status OsStatus(int error_number, const std::string& tried,
                             const std::string& fix = "") {
  // Not absl::ErrnoToStatus: it puts the error last, behind the fix, where nobody looks for it.
  const absl::StatusCode code = absl::ErrnoToStatusCode(error_number);
  char buffer[128] = "unknown error";
  // glibc's variant returns the text, which need not be in the buffer.
  const char* text = strerror_r(error_number, buffer, sizeof(buffer));
  std::string message = tried + ": " + text + " (errno " + std::to_string(error_number) + ")";
  if (!fix.empty()) message += "; " + fix;
  return absl::Status(code, message);
}

}  // namespace affinity

#endif  // AFFINITY_OS_STATUS_H_

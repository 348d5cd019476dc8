#include "examples/market_data/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <limits>
#include <new>
#include <string>
#include <system_error>
#include <utility>

#include "absl/status/status.h"

namespace market_data {
namespace {

// Below the 2 GiB that Linux transfers in one call, so that no call is short without a reason.
constexpr std::size_t kReadBytes = std::size_t{1} << 30;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

std::string Quoted(const std::string& path) { return "\"" + path + "\""; }

std::string ErrorText(int error) { return std::generic_category().message(error); }

absl::Status CannotOpen(const std::string& path, int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return absl::NotFoundError("no file " + Quoted(path) + " (" + ErrorText(error) +
                                 "); check the path, or run without --input for the built-in "
                                 "session");
    case EACCES:
    case EPERM:
      return absl::PermissionDeniedError("no permission to read " + Quoted(path) +
                                         "; allow it with: chmod a+r " + path +
                                         " (and a+x on the directories above it)");
    default:
      return absl::UnavailableError("cannot open " + Quoted(path) + ": " + ErrorText(error));
  }
}

absl::Status CheckKind(const std::string& path, const struct stat& found) {
  if (S_ISREG(found.st_mode)) return absl::OkStatus();
  if (S_ISDIR(found.st_mode)) {
    return absl::InvalidArgumentError(Quoted(path) + " is a directory; give one file inside it");
  }
  const char* kind = "not a regular file";
  if (S_ISFIFO(found.st_mode)) kind = "a pipe";
  if (S_ISSOCK(found.st_mode)) kind = "a socket";
  if (S_ISCHR(found.st_mode) || S_ISBLK(found.st_mode)) kind = "a device";
  return absl::InvalidArgumentError(Quoted(path) + " is " + kind +
                                    "; write its content to a file first and give that");
}

// What the kernel could give to this process now without swapping; no limit when it does not say.
std::uint64_t AvailableBytes() {
  std::ifstream meminfo("/proc/meminfo");
  for (std::string line; std::getline(meminfo, line);) {
    unsigned long long kib = 0;
    if (std::sscanf(line.c_str(), "MemAvailable: %llu kB", &kib) == 1) return kib * 1024;
  }
  return std::numeric_limits<std::uint64_t>::max();
}

std::string Mebibytes(std::uint64_t bytes) {
  return std::to_string((bytes + (1 << 20) - 1) >> 20) + " MiB";
}

absl::Status TooLarge(const std::string& path, std::uint64_t size, std::uint64_t available) {
  return absl::ResourceExhaustedError(
      Quoted(path) + " has " + Mebibytes(size) + " and only " + Mebibytes(available) +
      " of memory are available; use a machine with more, or a part of the file (head -c)");
}

}  // namespace

absl::StatusOr<InputFile> InputFile::Load(const std::string& path) {
  if (path.empty()) {
    return absl::InvalidArgumentError(
        "the input path is empty; give a file, or run without --input for the built-in session");
  }
  // Looked at before it is opened, because opening a device may already do something; and again
  // afterwards, because the path may have been exchanged. O_NONBLOCK keeps that case from waiting.
  struct stat found = {};
  if (stat(path.c_str(), &found) != 0) return CannotOpen(path, errno);
  if (absl::Status status = CheckKind(path, found); !status.ok()) return status;
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (file.get() < 0) return CannotOpen(path, errno);
  if (fstat(file.get(), &found) != 0) return CannotOpen(path, errno);
  if (absl::Status status = CheckKind(path, found); !status.ok()) return status;
  if (found.st_size == 0) {
    return absl::InvalidArgumentError(Quoted(path) + " is empty; was the download complete?");
  }

  const auto size = static_cast<std::size_t>(found.st_size);
  const std::uint64_t available = AvailableBytes();
  if (size > available) return TooLarge(path, size, available);
  std::unique_ptr<std::uint8_t[]> bytes(new (std::nothrow) std::uint8_t[size]);
  if (bytes == nullptr) return TooLarge(path, size, available);
  for (std::size_t done = 0; done < size;) {
    const ssize_t got = read(file.get(), bytes.get() + done, std::min(size - done, kReadBytes));
    if (got > 0) {
      done += static_cast<std::size_t>(got);
    } else if (got == 0) {
      return absl::UnavailableError(Quoted(path) + " shrank from " + std::to_string(size) + " to " +
                                    std::to_string(done) +
                                    " bytes while it was read; wait until its writer is done");
    } else if (errno != EINTR) {
      return absl::UnavailableError("reading " + Quoted(path) + " failed at byte " +
                                    std::to_string(done) + ": " + ErrorText(errno));
    }
  }
  return InputFile(std::move(bytes), size);
}

}  // namespace market_data

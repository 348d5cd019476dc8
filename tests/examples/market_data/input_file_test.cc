#include "examples/market_data/input_file.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "gtest/gtest.h"

namespace market_data {
namespace {

class InputFileTest : public testing::Test {
 protected:
  void SetUp() override {
    directory_ =
        std::filesystem::path(testing::TempDir()) / ("input_file_test." + std::to_string(getpid()));
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::string Path(const char* name) const { return (directory_ / name).string(); }

  std::string Write(const char* name, const std::string& content) const {
    std::ofstream(Path(name), std::ios::binary) << content;
    return Path(name);
  }

  std::filesystem::path directory_;
};

testing::AssertionResult Refuses(const std::string& path, absl::StatusCode code,
                                 const char* words) {
  const absl::StatusOr<InputFile> file = InputFile::Load(path);
  if (file.ok()) return testing::AssertionFailure() << "loaded " << path;
  const std::string text(file.status().message());
  if (file.status().code() != code || text.find(words) == std::string::npos ||
      text.find(path) == std::string::npos) {
    return testing::AssertionFailure() << file.status();
  }
  return testing::AssertionSuccess();
}

TEST_F(InputFileTest, LoadsEveryByte) {
  std::string content;
  for (int i = 0; i < 100'000; ++i) content += static_cast<char>(i * 7 + i / 256);
  absl::StatusOr<InputFile> file = InputFile::Load(Write("input", content));
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(std::string(file->bytes().begin(), file->bytes().end()), content);

  const std::uint8_t* const before = file->bytes().data();
  const InputFile moved = *std::move(file);
  EXPECT_EQ(moved.bytes().data(), before);
  EXPECT_EQ(moved.bytes().size(), content.size());
}

TEST_F(InputFileTest, FollowsSymbolicLinks) {
  std::filesystem::create_symlink(Write("input", "abc"), Path("link"));
  const absl::StatusOr<InputFile> file = InputFile::Load(Path("link"));
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->bytes().size(), 3u);
}

TEST_F(InputFileTest, RefusesWhatIsNotThere) {
  EXPECT_TRUE(Refuses(Path("missing"), absl::StatusCode::kNotFound, "check the path"));
  EXPECT_TRUE(Refuses(Write("file", "a") + "/x", absl::StatusCode::kNotFound, "check the path"));
  std::filesystem::create_symlink("nowhere", Path("dangling"));
  EXPECT_TRUE(Refuses(Path("dangling"), absl::StatusCode::kNotFound, "check the path"));
  EXPECT_TRUE(Refuses("", absl::StatusCode::kInvalidArgument, "path is empty"));
}

TEST_F(InputFileTest, RefusesAnEmptyFile) {
  EXPECT_TRUE(Refuses(Write("empty", ""), absl::StatusCode::kInvalidArgument, "is empty"));
}

TEST_F(InputFileTest, RefusesADirectory) {
  EXPECT_TRUE(Refuses(directory_.string(), absl::StatusCode::kInvalidArgument, "is a directory"));
}

TEST_F(InputFileTest, RefusesAPipeWithoutWaitingForAWriter) {
  ASSERT_EQ(mkfifo(Path("pipe").c_str(), 0600), 0);
  EXPECT_TRUE(Refuses(Path("pipe"), absl::StatusCode::kInvalidArgument, "is a pipe"));
}

TEST_F(InputFileTest, RefusesDevices) {
  EXPECT_TRUE(Refuses("/dev/zero", absl::StatusCode::kInvalidArgument, "is a device"));
}

TEST_F(InputFileTest, RefusesASocket) {
  // The address has room for about 100 characters; a link to the directory keeps it short.
  const std::string shorter = "/tmp/pinwheel." + std::to_string(getpid());
  std::filesystem::remove(shorter);
  std::filesystem::create_directory_symlink(directory_, shorter);
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_GE(fd, 0);
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, (shorter + "/socket").c_str(), sizeof(address.sun_path) - 1);
  const int bound = bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
  close(fd);
  std::filesystem::remove(shorter);
  ASSERT_EQ(bound, 0);
  EXPECT_TRUE(Refuses(Path("socket"), absl::StatusCode::kInvalidArgument, "is a socket"));
}

TEST_F(InputFileTest, RefusesAFileThatIsNotReadable) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const std::string path = Write("secret", "abc");
  ASSERT_EQ(chmod(path.c_str(), 0), 0);
  EXPECT_TRUE(Refuses(path, absl::StatusCode::kPermissionDenied, "chmod a+r"));
}

TEST_F(InputFileTest, RefusesAFileLargerThanTheMemory) {
  const std::string path = Write("huge", "abc");
  std::error_code error;
  std::filesystem::resize_file(path, std::uintmax_t{1} << 43, error);  // 8 TiB, all a hole
  if (error) GTEST_SKIP() << "the file system has no files of 8 TiB: " << error.message();
  EXPECT_TRUE(Refuses(path, absl::StatusCode::kResourceExhausted, "8388608 MiB"));
}

}  // namespace
}  // namespace market_data

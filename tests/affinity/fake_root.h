#ifndef TESTS_AFFINITY_FAKE_ROOT_H_
#define TESTS_AFFINITY_FAKE_ROOT_H_

#include <filesystem>
#include <fstream>
#include <string>

#include "gtest/gtest.h"

namespace affinity {

// FakeRoot is a directory that looks like the /sys and /proc of some machine; each test fills in
// what it needs. It is removed at the end.
class FakeRoot {
 public:
  FakeRoot() {
    const ::testing::TestInfo* test = ::testing::UnitTest::GetInstance()->current_test_info();
    static int count = 0;
    path_ = std::filesystem::path(::testing::TempDir()) /
            (std::string(test->name()) + "." + std::to_string(count++));
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~FakeRoot() { std::filesystem::remove_all(path_); }
  FakeRoot(const FakeRoot&) = delete;
  FakeRoot& operator=(const FakeRoot&) = delete;

  void Write(const std::string& file, const std::string& text) const {
    const std::filesystem::path full = path_ / file;
    std::filesystem::create_directories(full.parent_path());
    std::ofstream(full, std::ios::binary) << text;
  }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace affinity

#endif  // TESTS_AFFINITY_FAKE_ROOT_H_

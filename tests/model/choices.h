#ifndef TESTS_MODEL_CHOICES_H_
#define TESTS_MODEL_CHOICES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace model {

// Choices is the path through the tree of all executions that is being walked, depth first: each
// execution asks at every fork which way to go, and Advance() turns to the next path.
class Choices {
 public:
  // kMaxOptions bounds one fork, so that a path can be written with one character for each.
  static constexpr int kMaxOptions = 36;

  // Begin starts an execution from the top of the tree.
  void Begin() noexcept { next_ = 0; }

  // Choose answers which of `options` (at least 1) to take.
  int Choose(int options);

  // Advance turns to the next path; false when all have been walked.
  bool Advance();

  // The path of the current execution so far, and the way to walk exactly that one.
  [[nodiscard]] std::string Path() const;
  // Follow walks `path` once, and the first options behind its end. False if it is not a path.
  bool Follow(std::string_view path);

 private:
  struct Fork {
    int taken;
    int options;
  };

  std::vector<Fork> forks_;
  std::size_t next_ = 0;
};

}  // namespace model

#endif  // TESTS_MODEL_CHOICES_H_

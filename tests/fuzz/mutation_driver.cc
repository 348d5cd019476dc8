// Runs a fuzz target without libFuzzer: every seed input cut at every byte, then mutated inputs,
// the same ones in every run and on every machine.
//
//   --executions=N   mutated inputs (default 100000)
//   --first=N        number of the first one: with --executions=1 it repeats the one that failed
//   --write-seeds=D  writes the seed inputs into the directory D, and does nothing else

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "examples/market_data/split_mix.h"
#include "tests/fuzz/fuzz_target.h"

// Present in sanitizer builds only, whose reports do not end in a signal.
extern "C" __attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint8_t kInteresting[] = {0, 1, 2, 10, 13, 14, 19, 31, 36, 0x20, 0x7f, 0x80, 0xff};

std::string running;  // what to say when it fails

void SayWhatFailed() { std::fprintf(stderr, "failed at %s\n", running.c_str()); }

void Run(const Bytes& input) {
  // A copy of exactly that size, so that the address sanitizer sees any byte read too far.
  const Bytes exact(input.begin(), input.end());
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

void Mutate(Bytes& input, const std::vector<Bytes>& seeds, market_data::SplitMix& random) {
  const auto size = static_cast<std::uint32_t>(input.size());
  const std::uint32_t at = random.Below(size + 1);
  const auto position = input.begin() + at;
  const std::uint32_t length = std::min(random.Below(64) + 1, size - at);
  switch (random.Below(8)) {
    case 0:
      if (at < size) input[at] ^= static_cast<std::uint8_t>(1u << random.Below(8));
      break;
    case 1:
      if (at < size) input[at] = kInteresting[random.Below(std::size(kInteresting))];
      break;
    case 2:
      if (at < size) input[at] = static_cast<std::uint8_t>(random.Next());
      break;
    case 3:
      input.insert(position, random.Below(8) + 1, static_cast<std::uint8_t>(random.Next()));
      break;
    case 4:
      input.erase(position, position + length);
      break;
    case 5: {
      const Bytes chunk(position, position + length);
      input.insert(input.begin() + random.Below(size + 1), chunk.begin(), chunk.end());
      break;
    }
    case 6: {
      const Bytes& other = seeds[random.Below(static_cast<std::uint32_t>(seeds.size()))];
      const std::uint32_t from = random.Below(static_cast<std::uint32_t>(other.size()));
      input.insert(position, other.begin() + from, other.end());
      break;
    }
    case 7:
      if (random.OneIn(4)) input.resize(at);
      break;
  }
}

bool Option(const char* argument, const char* name, std::string& value) {
  const std::size_t length = std::strlen(name);
  if (std::strncmp(argument, name, length) != 0) return false;
  value = argument + length;
  return true;
}

int WriteSeeds(const std::vector<Bytes>& seeds, const std::string& directory) {
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    const std::string path = directory + "/seed" + std::to_string(i);
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(seeds[i].data()),
               static_cast<std::streamsize>(seeds[i].size()));
    file.close();
    if (!file) {
      std::fprintf(stderr, "cannot write %s\n", path.c_str());
      return 1;
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  unsigned long executions = 100'000;
  unsigned long first = 0;
  const std::vector<Bytes> seeds = fuzz::SeedInputs();
  for (int i = 1; i < argc; ++i) {
    std::string value;
    if (Option(argv[i], "--write-seeds=", value)) {
      return WriteSeeds(seeds, value);
    } else if (Option(argv[i], "--executions=", value)) {
      executions = std::stoul(value);
    } else if (Option(argv[i], "--first=", value)) {
      first = std::stoul(value);
    } else {
      std::fprintf(stderr, "unknown argument %s; see the head of mutation_driver.cc\n", argv[i]);
      return 2;
    }
  }
  std::signal(SIGABRT, [](int) { SayWhatFailed(); });
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(SayWhatFailed);

  unsigned long cuts = 0;
  for (std::size_t seed = 0; seed < seeds.size(); ++seed) {
    for (std::size_t cut = 0; cut <= seeds[seed].size(); ++cut, ++cuts) {
      running = "seed " + std::to_string(seed) + " cut to " + std::to_string(cut) + " bytes";
      Run(Bytes(seeds[seed].begin(), seeds[seed].begin() + static_cast<std::ptrdiff_t>(cut)));
    }
  }
  for (unsigned long execution = first; execution < first + executions; ++execution) {
    running = "--first=" + std::to_string(execution) + " --executions=1";
    market_data::SplitMix random(execution);
    Bytes input = seeds[random.Below(static_cast<std::uint32_t>(seeds.size()))];
    for (std::uint32_t count = 1 + random.Below(6); count > 0; --count) {
      Mutate(input, seeds, random);
    }
    Run(input);
  }
  std::printf("%lu cuts and %lu mutated inputs\n", cuts, executions);
  return 0;
}

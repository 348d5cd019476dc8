"""Which directory may include from which: the picture of docs/style.md as data."""

from tree import directory_of

_LIBRARIES = ("affinity", "disruptor", "disruptor/latency", "disruptor/runtime")
_ANYTHING = None

# Directory of the including file -> directories it may include from. The longest match counts, so
# that "disruptor" means the core alone; example, tool and test directories hold subdirectories.
_ALLOWED = {
    "affinity": ("affinity",),
    "disruptor": ("disruptor",),
    "disruptor/latency": ("disruptor/latency",),
    "disruptor/runtime": _LIBRARIES,
    "examples": _LIBRARIES + ("examples",),
    "tools": _LIBRARIES + ("tools",),
    "benchmarks": _LIBRARIES + ("examples", "benchmarks"),
    "tests": _ANYTHING,
}

# Single headers that a directory may include in spite of the table.
_SINGLE_HEADERS = {
    "disruptor/latency": (
        "disruptor/cache_line.h",
        "disruptor/check.h",
        "disruptor/cpu_relax.h",
    ),
}

# The core's atomics are a policy: test builds put the model's in their place.
TEST_HOOK = "disruptor/atomic.h"
TEST_HOOK_MAY_INCLUDE = "tests/model/"

# Path prefixes of third-party headers, which are included with quotes (the registry's Abseil cannot
# be reached otherwise).
THIRD_PARTY = ("absl/", "gtest/", "gmock/", "benchmark/", "nlohmann/")

NUMA_HEADERS = ("numa.h", "numaif.h")

# What the core does without: threads, clocks, files and the kernel.
SYSTEM_HEADERS_NOT_IN_CORE = {
    "chrono", "condition_variable", "ctime", "filesystem", "fstream", "future", "iostream", "mutex",
    "pthread.h", "sched.h", "semaphore", "shared_mutex", "thread", "time.h", "unistd.h",
}
SYSTEM_DIRECTORIES_NOT_IN_CORE = ("sys/", "linux/")


def layer_of(path):
    """The entry of the table that `path` belongs to, or None."""
    directory = directory_of(path)
    while directory and directory not in _ALLOWED:
        directory = directory_of(directory)
    return directory or None


def allowed_layers(layer):
    """The names of the layers that `layer` may include from, or None for all."""
    return _ALLOWED[layer]


def may_include(path, target):
    """Whether the file `path` may include the project's header `target`."""
    layer = layer_of(path)
    allowed = _ALLOWED[layer]
    return (allowed is _ANYTHING or layer_of(target) in allowed or
            target in _SINGLE_HEADERS.get(layer, ()))


def is_core(path):
    return directory_of(path) == "disruptor"

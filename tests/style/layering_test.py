#!/usr/bin/env -S python3 -B
import unittest

from expect import CheckTest
from layering import check

_ALLOW = "tests/style/allow/"
_HEADERS = {
    "affinity/cpu_set.h": "", "disruptor/cache_line.h": "", "disruptor/check.h": "",
    "disruptor/cpu_relax.h": "", "disruptor/ring.h": "", "disruptor/latency/clock.h": "",
    "disruptor/runtime/worker.h": "", "examples/market_data/book.h": "", "tools/profile.h": "",
    "benchmarks/base.h": "", "tests/model/atomic.h": "", "tests/stress/harness.h": "",
}
_ALLOWED = (
    ("affinity/a.cc", "affinity/cpu_set.h"),
    ("disruptor/a.h", "disruptor/ring.h"),
    ("disruptor/latency/a.cc", "disruptor/latency/clock.h"),
    ("disruptor/latency/a.cc", "disruptor/cache_line.h"),
    ("disruptor/latency/a.cc", "disruptor/cpu_relax.h"),
    ("disruptor/latency/a.cc", "disruptor/check.h"),
    ("disruptor/runtime/a.h", "disruptor/ring.h"),
    ("disruptor/runtime/a.h", "disruptor/latency/clock.h"),
    ("disruptor/runtime/a.h", "affinity/cpu_set.h"),
    ("disruptor/runtime/a.h", "disruptor/runtime/worker.h"),
    ("examples/hello.cc", "disruptor/runtime/worker.h"),
    ("examples/market_data/a.cc", "examples/market_data/book.h"),
    ("tools/a.cc", "affinity/cpu_set.h"),
    ("tools/a.cc", "tools/profile.h"),
    ("benchmarks/a.cc", "examples/market_data/book.h"),
    ("benchmarks/a.cc", "benchmarks/base.h"),
    ("tests/tools/a_test.cc", "tools/profile.h"),
    ("tests/disruptor/a_test.cc", "tests/stress/harness.h"),
)
_FORBIDDEN = (
    ("affinity/a.cc", "disruptor/ring.h"),
    ("affinity/a.cc", "disruptor/cache_line.h"),
    ("disruptor/a.h", "affinity/cpu_set.h"),
    ("disruptor/a.h", "disruptor/latency/clock.h"),
    ("disruptor/a.h", "disruptor/runtime/worker.h"),
    ("disruptor/latency/a.cc", "disruptor/ring.h"),
    ("disruptor/latency/a.cc", "disruptor/runtime/worker.h"),
    ("disruptor/latency/a.cc", "affinity/cpu_set.h"),
    ("disruptor/runtime/a.h", "examples/market_data/book.h"),
    ("examples/hello.cc", "tools/profile.h"),
    ("examples/hello.cc", "benchmarks/base.h"),
    ("tools/a.cc", "examples/market_data/book.h"),
    ("benchmarks/a.cc", "tools/profile.h"),
    ("disruptor/a.h", "tests/stress/harness.h"),
    ("examples/hello.cc", "tests/stress/harness.h"),
    ("benchmarks/a.cc", "tests/stress/harness.h"),
)


class LayeringTest(CheckTest):

    def assert_include(self, path, include, places, more=None, found=""):
        files = dict(_HEADERS, **(more or {}))
        files[path] = f"int before;\n#include {include}\n"
        self.assert_reports(check, files, places, found)

    def test_accepts_every_allowed_edge(self):
        for path, target in _ALLOWED:
            with self.subTest(path=path, target=target):
                self.assert_include(path, f'"{target}"', [])

    def test_reports_every_forbidden_edge(self):
        for path, target in _FORBIDDEN:
            with self.subTest(path=path, target=target):
                self.assert_include(path, f'"{target}"', [path + ":2"], found=target)

    def test_does_not_see_includes_in_comments(self):
        include = '#include "disruptor/ring.h"\n'
        text = f"// {include}/*\n{include}*/\n"
        self.assert_clean(check, dict(_HEADERS, **{"affinity/a.cc": text}))

    def test_the_model_is_included_only_by_the_atomic_and_only_under_a_condition(self):
        include = '#include "tests/model/atomic.h"\n'
        guarded = "#ifndef DISRUPTOR_ATOMIC_H_\n#define DISRUPTOR_ATOMIC_H_\n"
        hooked = guarded + "#if MODEL\n" + include + "#endif\n#endif\n"
        self.assert_clean(check, dict(_HEADERS, **{"disruptor/atomic.h": hooked}))
        self.assert_reports(check, dict(_HEADERS, **{"disruptor/ring.h": hooked}),
                            ["disruptor/ring.h:4"])
        self.assert_reports(
            check, dict(_HEADERS, **{"disruptor/atomic.h": guarded + include + "#endif\n"}),
            ["disruptor/atomic.h:3"], "without a condition")

    def test_reports_a_directory_without_a_layer(self):
        self.assert_reports(check, {"utils/a.h": "#include <vector>\n"}, ["utils/a.h:1"])

    def test_reports_includes_that_are_not_from_the_root(self):
        self.assert_include("disruptor/a.h", '"ring.h"', ["disruptor/a.h:2"], found="ring.h")
        self.assert_include("disruptor/a.h", "<disruptor/ring.h>", ["disruptor/a.h:2"])

    def test_abseil_is_included_with_quotes(self):
        self.assert_include("affinity/a.h", "<absl/status/status.h>", ["affinity/a.h:2"])
        self.assert_include("affinity/a.h", '"absl/status/status.h"', [])

    def test_the_core_uses_status_only_where_listed(self):
        status = '"absl/status/status.h"'
        listed = {_ALLOW + "status_in_core.txt": "disruptor/a.h  set-up\n"}
        self.assert_include("disruptor/a.h", status, ["disruptor/a.h:2"])
        self.assert_include("disruptor/a.h", status, [], listed)
        self.assert_include("disruptor/a.h", '"absl/strings/str_cat.h"',
                            ["disruptor/a.h:2", _ALLOW + "status_in_core.txt:1"], listed)
        self.assert_include("disruptor/a.h", '"nlohmann/json.hpp"', ["disruptor/a.h:2"])
        self.assert_include("disruptor/runtime/a.h", '"absl/strings/str_cat.h"', [])

    def test_the_core_reaches_the_system_only_where_listed(self):
        listed = {_ALLOW + "os_in_core.txt": "disruptor/a.h  it waits\n"}
        for header in ("<thread>", "<chrono>", "<sched.h>", "<sys/mman.h>", "<linux/futex.h>"):
            self.assert_include("disruptor/a.h", header, ["disruptor/a.h:2"], found=header)
            self.assert_include("disruptor/a.h", header, [], listed)
            self.assert_include("disruptor/runtime/a.h", header, [])
        self.assert_include("disruptor/a.h", "<vector>", [])

    def test_only_listed_files_of_affinity_know_libnuma(self):
        listed = {_ALLOW + "numa.txt": "affinity/a.cc  wraps it\n"}
        for header in ("<numa.h>", "<numaif.h>"):
            self.assert_include("affinity/a.cc", header, ["affinity/a.cc:2"], found=header)
            self.assert_include("affinity/a.cc", header, [], listed)
            self.assert_include("disruptor/runtime/a.cc", header, ["disruptor/runtime/a.cc:2"])

    def test_reports_entries_that_nothing_needs(self):
        for name in ("numa", "status_in_core", "os_in_core"):
            entry = {f"{_ALLOW}{name}.txt": "disruptor/ring.h  once\n"}
            self.assert_reports(check, dict(_HEADERS, **entry), [f"{_ALLOW}{name}.txt:1"])


if __name__ == "__main__":
    unittest.main()

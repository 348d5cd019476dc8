#!/usr/bin/env -S python3 -B
import unittest

from build_targets import check
from expect import CheckTest

_LIST = "tests/style/allow/public_targets.txt"
_HEAD = ('load("@rules_cc//cc:cc_library.bzl", "cc_library")\n'
         'package(default_visibility = ["//visibility:private"])\n')
_PUBLIC = 'visibility = ["//visibility:public"]'


def _library(name, attributes):
    return f'cc_library(\n    name = "{name}",\n    {attributes},\n)\n'


class BuildTargetsTest(CheckTest):

    def assert_build(self, text, places, found="", listed="", path="disruptor/BUILD.bazel"):
        self.assert_reports(check, {path: text, _LIST: listed}, places, found)

    def test_accepts_one_header_and_private_targets(self):
        self.assert_build(_HEAD + _library("a", 'hdrs = ["a.h"], srcs = ["a.cc", "b.cc"]'), [])
        self.assert_build(_HEAD + _library("a", 'srcs = ["a.cc"]'), [])

    def test_reports_two_headers(self):
        two = _HEAD + _library("a", 'hdrs = ["a.h", "b.h"]')
        for path in ("disruptor/BUILD.bazel", "disruptor/runtime/BUILD.bazel",
                     "affinity/BUILD.bazel"):
            self.assert_build(two, [path + ":3"], "2 headers", path=path)
        self.assert_build(two, [], path="examples/BUILD.bazel")

    def test_reports_headers_that_are_not_spelled_out(self):
        self.assert_build(_HEAD + _library("a", 'hdrs = glob(["*.h"])'),
                          ["disruptor/BUILD.bazel:3"])

    def test_reports_packages_that_are_not_private_by_default(self):
        load = _HEAD.split("\n")[0] + "\n"
        library = _library("a", 'hdrs = ["a.h"]')
        self.assert_build(load + library, ["disruptor/BUILD.bazel:1"])
        self.assert_build(load + f"package(default_{_PUBLIC})\n" + library,
                          ["disruptor/BUILD.bazel:1"], "public")

    def test_reports_public_targets_that_are_not_listed(self):
        public = _HEAD + _library("a", f'hdrs = ["a.h"], {_PUBLIC}')
        self.assert_build(public, ["disruptor/BUILD.bazel:3"], "//disruptor:a is public")
        self.assert_build(public, [], listed="//disruptor:a  the ring\n")

    def test_reports_listed_targets_that_are_not_public(self):
        self.assert_build(_HEAD + _library("a", 'hdrs = ["a.h"]'), [_LIST + ":1"],
                          listed="//disruptor:a  the ring\n")

    def test_reports_listed_targets_without_a_reason(self):
        self.assert_build(_HEAD + _library("a", f'hdrs = ["a.h"], {_PUBLIC}'), [_LIST + ":1"],
                          listed="//disruptor:a\n")

    def test_reports_public_targets_that_leak_flags(self):
        for leak in ('copts = ["-O3"]', 'defines = ["X"]', 'includes = ["."]',
                     'strip_include_prefix = "x"', 'include_prefix = "x"'):
            self.assert_build(_HEAD + _library("a", f'hdrs = ["a.h"], {leak}, {_PUBLIC}'),
                              ["disruptor/BUILD.bazel:3"], leak.split()[0],
                              listed="//disruptor:a  the ring\n")

    def test_reports_rules_without_a_load(self):
        package = 'package(default_visibility = ["//visibility:private"])\n'
        self.assert_build(package + 'sh_test(name = "a", srcs = ["a.sh"])\n',
                          ["disruptor/BUILD.bazel:2"], "sh_test without a load")
        self.assert_build(package + '[cc_test(name = x) for x in ["a"]]\n',
                          ["disruptor/BUILD.bazel:2"], "cc_test without a load")


if __name__ == "__main__":
    unittest.main()

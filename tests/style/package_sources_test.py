#!/usr/bin/env -S python3 -B
import unittest

from expect import CheckTest
from package_sources import COLLECTOR, check

_SOURCES = 'filegroup(name = "sources", srcs = glob(["**"]))\n'


def _tree(packages, more):
    return dict({COLLECTOR: _SOURCES + f"PACKAGES = {packages}\n"}, **more)


class PackageSourcesTest(CheckTest):

    def test_accepts_packages_that_are_listed(self):
        self.assert_clean(check, _tree('[":sources", "//:sources", "//a/b:sources"]',
                                       {"BUILD.bazel": _SOURCES, "a/b/BUILD.bazel": _SOURCES}))

    def test_reports_a_package_that_is_not_listed(self):
        self.assert_reports(check, _tree('[":sources"]', {"a/BUILD.bazel": _SOURCES}),
                            ["a/BUILD.bazel:1"], "//a:sources is not in")

    def test_reports_a_package_without_the_filegroup(self):
        self.assert_reports(check, _tree('[":sources", "//a:sources"]', {"a/BUILD.bazel": ""}),
                            ["a/BUILD.bazel:1"], "no filegroup")

    def test_reports_a_filegroup_that_leaves_files_out(self):
        for srcs in ('glob(["*.cc"])', '["a.cc"]'):
            build = f'filegroup(name = "sources", srcs = {srcs})\n'
            files = _tree('[":sources", "//a:sources"]', {"a/BUILD.bazel": build})
            self.assert_reports(check, files, ["a/BUILD.bazel:1"], "leaves out")

    def test_reports_a_missing_collector(self):
        self.assert_reports(check, {"a/BUILD.bazel": _SOURCES}, [COLLECTOR + ":1"])


if __name__ == "__main__":
    unittest.main()

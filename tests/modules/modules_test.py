#!/usr/bin/env -S python3 -B
"""Runs every check of checks.py on this tree."""

import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import checks  # pylint: disable=wrong-import-position

_SUFFIXES = (".bazel", ".bzl", ".bzlmod", ".bazelrc", ".bazelignore", ".bazelversion", ".lock",
             "WORKSPACE", "tools/bazel")


def read_tree(root):
    files = {}
    for directory, _, names in os.walk(root):
        for name in names:
            path = os.path.relpath(os.path.join(directory, name), root)
            if path.endswith(_SUFFIXES):
                with open(os.path.join(root, path), encoding="utf-8") as file:
                    files[path] = file.read()
    return files


class ModulesTest(unittest.TestCase):

    def test_has_the_files_of_the_whole_tree(self):
        files = read_tree(".")
        for path in ("MODULE.bazel", "disruptor/BUILD.bazel", "tests/disruptor/BUILD.bazel",
                     "third_party/debian/numactl/BUILD.bazel", "e2e/MODULE.bazel"):
            self.assertTrue(path in files, f"{path} is not among the test's data")


def _add(check):

    def test(self):
        findings = check(read_tree("."))
        self.assertFalse(findings, "\n" + "\n".join(findings))

    setattr(ModulesTest, check.__name__.replace("check", "test", 1), test)


for each in checks.ALL:
    _add(each)

if __name__ == "__main__":
    unittest.main()

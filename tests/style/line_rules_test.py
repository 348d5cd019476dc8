#!/usr/bin/env -S python3 -B
import unittest

from expect import CheckTest
from line_rules import check
from tree import Tree


class LineRulesTest(CheckTest):

    def test_accepts_a_plain_file(self):
        self.assert_clean(check, {"a/b.h": "int x;\n", "a/BUILD.bazel": "", "a/empty.cc": ""})

    def test_fails_above_the_hard_limit(self):
        self.assert_reports(check, {"a/b.cc": "\n".join(["int x;"] * 401) + "\n"}, ["a/b.cc:401"])
        self.assertFalse(check(Tree({"a/b.cc": "int x;\n" * 401}))[0].is_warning)

    def test_warns_above_the_soft_limit(self):
        self.assertTrue(check(Tree({"a/b.h": "int x;\n" * 251}))[0].is_warning)
        self.assertTrue(check(Tree({"a/b.h": "int x;\n" * 400}))[0].is_warning)
        self.assert_clean(check, {"a/b.h": "int x;\n" * 250})

    def test_limits_columns_in_code_and_build_files(self):
        for path in ("a/b.h", "a/b.cc", "a/b.bzl", "BUILD.bazel", "a/b.py"):
            self.assert_reports(check, {path: "\n" + "x" * 101 + "\n"}, [path + ":2"])
            self.assert_clean(check, {path: "x" * 100 + "\n"})

    def test_counts_characters_and_not_bytes(self):
        self.assert_clean(check, {"a/b.h": "// " + "\u00e9" * 97 + "\n"})

    def test_a_link_alone_may_be_long(self):
        link = "https://example.org/" + "x" * 100
        self.assert_clean(check, {"a/b.h": f"// {link}\n"})
        self.assert_reports(check, {"a/b.h": f"int x;  // {link}\n"}, ["a/b.h:1"])

    def test_reports_tabs_trailing_space_and_carriage_returns(self):
        self.assert_reports(check, {"a/b.h": "int x;\n\tint y;\n"}, ["a/b.h:2"])
        self.assert_reports(check, {"README.md": "a \nb\n"}, ["README.md:1"])
        self.assert_reports(check, {"a/b.h": "int x;\r\n"}, ["a/b.h:1"])

    def test_reports_the_end_of_a_file(self):
        self.assert_reports(check, {"a/b.h": "int x;\nint y;"}, ["a/b.h:2"], "no newline")
        self.assert_reports(check, {"a/b.h": "int x;\n\n"}, ["a/b.h:2"], "empty lines")

    def test_looks_into_scripts_without_an_extension(self):
        self.assert_reports(check, {"run": "#!/bin/sh\necho \n"}, ["run:2"])

    def test_leaves_recorded_inputs_as_they_are(self):
        self.assert_clean(check, {"tests/a/testdata/x.md": "\t ", "tests/a/corpus/x": b"\t\x00 "})


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env -S python3 -B
import os
import subprocess
import sys
import tempfile
import unittest

_CHECK = os.path.join(os.path.dirname(os.path.realpath(__file__)), "check.py")


class CheckProgramTest(unittest.TestCase):

    def run_check(self, files, *arguments):
        """The exit code and the output of the program in a directory with these files."""
        with tempfile.TemporaryDirectory() as root:
            for path, text in files.items():
                os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
                with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                    file.write(text)
            result = subprocess.run([sys.executable, "-B", _CHECK, *arguments], cwd=root, text=True,
                                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return result.returncode, result.stdout

    def test_succeeds_without_findings(self):
        code, output = self.run_check({"MODULE.bazel": "", "a/b.cc": "int x;\n"}, "line_rules")
        self.assertEqual(code, 0, output)
        self.assertIn("line_rules: 2 files, 0 failures, 0 warnings", output)

    def test_names_place_finding_rule_and_fix_and_fails(self):
        code, output = self.run_check({"MODULE.bazel": "", "a/b.cc": "\nint x; \n"}, "line_rules")
        self.assertEqual(code, 1)
        self.assertIn("a/b.cc:2: space at the end of the line\n    rule: no trailing", output)
        self.assertIn("\n    fix:  sed", output)

    def test_a_warning_does_not_fail(self):
        files = {"MODULE.bazel": "", "a/b.cc": "int x;\n" * 300}
        code, output = self.run_check(files, "line_rules")
        self.assertEqual(code, 0, output)
        self.assertIn("warning: 300 lines", output)

    def test_refuses_unknown_checks_and_other_directories(self):
        self.assertEqual(self.run_check({"MODULE.bazel": ""}, "no_such")[0], 2)
        self.assertIn("no such check: no_such", self.run_check({"MODULE.bazel": ""}, "no_such")[1])
        self.assertNotEqual(self.run_check({"a/b.cc": "int x;\n"}, "line_rules")[0], 0)

    def test_runs_everything_without_a_name(self):
        code, output = self.run_check({"MODULE.bazel": "", "a/b.cc": "int x;\n"})
        self.assertEqual(code, 1)
        self.assertIn("CHANGELOG.md:1: no such file", output)
        self.assertIn("package_sources:", output)


if __name__ == "__main__":
    unittest.main()

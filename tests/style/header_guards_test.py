#!/usr/bin/env -S python3 -B
import unittest

from expect import CheckTest
from header_guards import check

_GOOD = "#ifndef A_B_C_H_\n#define A_B_C_H_\n\nint x;\n\n#endif  // A_B_C_H_\n"


class HeaderGuardsTest(CheckTest):

    def test_accepts_the_name_of_the_path(self):
        self.assert_clean(check, {"a/b_c.h": _GOOD, "a/b/c.h": _GOOD, "a/b.cc": "int x;\n"})

    def test_accepts_a_comment_in_front(self):
        self.assert_clean(check, {"a/b_c.h": "// Why.\n\n" + _GOOD})

    def test_reports_another_name(self):
        self.assert_reports(check, {"a/d.h": _GOOD}, ["a/d.h:1"], "A_D_H_")

    def test_reports_a_define_of_another_name(self):
        text = _GOOD.replace("#define A_B_C_H_", "#define A_B_D_H_")
        self.assert_reports(check, {"a/b_c.h": text}, ["a/b_c.h:2"])

    def test_reports_a_missing_guard(self):
        self.assert_reports(check, {"a/b.h": "int x;\n"}, ["a/b.h:1"], "no header guard")
        self.assert_reports(check, {"a/b.h": "#pragma once\nint x;\nint y;\n"}, ["a/b.h:1"])
        self.assert_reports(check, {"a/b.h": ""}, ["a/b.h:1"], "no header guard")

    def test_reports_code_outside_the_guard(self):
        self.assert_reports(check, {"a/b_c.h": _GOOD + "int y;\n"}, ["a/b_c.h:7"])

    def test_reports_an_end_without_the_name(self):
        text = _GOOD.replace("#endif  // A_B_C_H_", "#endif")
        self.assert_reports(check, {"a/b_c.h": text}, ["a/b_c.h:6"])


if __name__ == "__main__":
    unittest.main()

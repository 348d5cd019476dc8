#!/usr/bin/env -S python3 -B
import unittest

from expect import CheckTest
from include_cycles import check


def _including(*targets):
    return "".join(f'#include "{target}"\n' for target in targets)


class IncludeCyclesTest(CheckTest):

    def test_accepts_a_diamond(self):
        self.assert_clean(check, {
            "a/top.h": _including("a/left.h", "a/right.h"), "a/left.h": _including("b/low.h"),
            "a/right.h": _including("b/low.h"), "b/low.h": "",
        })

    def test_reports_a_file_that_includes_itself(self):
        self.assert_reports(check, {"a/x.h": _including("a/x.h")}, ["a/x.h:1"], "a/x.h -> a/x.h")

    def test_reports_a_circle_of_files(self):
        files = {"a/x.h": _including("a/y.h"), "a/y.h": "\n" + _including("a/z.h"),
                 "a/z.h": _including("a/x.h")}
        self.assert_reports(check, files, ["a/x.h:1"], "a/x.h -> a/y.h -> a/z.h -> a/x.h")
        self.assert_reports(check, files, ["a/x.h:1"], "a/y.h:2, a/z.h:1")

    def test_reports_a_circle_behind_a_straight_part(self):
        self.assert_reports(check, {
            "a/a.h": _including("a/x.h"), "a/x.h": _including("a/y.h"),
            "a/y.h": _including("a/x.h"),
        }, ["a/x.h:1"])

    def test_reports_directories_that_need_each_other_without_a_circle_of_files(self):
        self.assert_reports(check, {
            "a/x.h": _including("b/y.h"), "b/y.h": "", "b/z.h": "\n" + _including("a/w.h"),
            "a/w.h": "",
        }, ["a/x.h:1"], "a -> b -> a (further at b/z.h:2)")

    def test_the_atomic_of_a_test_build_closes_no_circle(self):
        self.assert_clean(check, {
            "disruptor/atomic.h": "#if MODEL\n" + _including("tests/model/atomic.h") + "#endif\n",
            "tests/model/atomic.h": _including("disruptor/cache_line.h"),
            "disruptor/cache_line.h": "",
        })


if __name__ == "__main__":
    unittest.main()

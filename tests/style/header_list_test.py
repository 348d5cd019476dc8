#!/usr/bin/env -S python3 -B
import unittest

from expect import CheckTest
from header_list import LIST, check

_BUILD = 'cc_library(name = "x", hdrs = ["x.h"])\ncc_library(name = "y", srcs = ["y.h"])\n'


def _tree(*lines):
    entries = "".join(f"    {line},\n" for line in lines)
    return {LIST: '"""Doc."""\n\nHEADERS = {\n' + entries + "}\n", "disruptor/BUILD.bazel": _BUILD}


class HeaderListTest(CheckTest):

    def test_accepts_a_complete_list(self):
        more = {"disruptor/x.h": "", "tests/y.h": "", "disruptor/z.cc": ""}
        self.assert_clean(check, dict(_tree('"disruptor/x.h": "//disruptor:x"'), **more))

    def test_reports_headers_that_are_not_listed(self):
        for path in ("disruptor/n.h", "disruptor/latency/n.h", "affinity/n.h", "examples/a/n.h"):
            self.assert_reports(check, dict(_tree(), **{path: ""}), [path + ":1"], "not listed")

    def test_reports_every_header_when_the_list_is_gone(self):
        self.assert_reports(check, {"disruptor/x.h": ""}, ["disruptor/x.h:1"])

    def test_a_private_header_is_proved_by_the_source_that_includes_it_first(self):
        files = dict(_tree(), **{"disruptor/y.h": "",
                                 "disruptor/y.cc": '#include "disruptor/y.h"\n#include <new>\n'})
        self.assert_clean(check, files)
        files["disruptor/y.cc"] = '#include <new>\n#include "disruptor/y.h"\n'
        self.assert_reports(check, files, ["disruptor/y.h:1"])
        del files["disruptor/y.cc"]
        self.assert_reports(check, files, ["disruptor/y.h:1"])

    def test_reports_headers_that_are_gone(self):
        self.assert_reports(check, _tree('"disruptor/x.h": "//disruptor:x"'), [LIST + ":4"],
                            "does not exist")

    def test_reports_targets_that_do_not_export_the_header(self):
        for label in ("//disruptor:none", "//disruptor:y", "//other:x"):
            files = dict(_tree(f'"disruptor/x.h": "{label}"'), **{"disruptor/x.h": ""})
            self.assert_reports(check, files, [LIST + ":4"], label)


if __name__ == "__main__":
    unittest.main()

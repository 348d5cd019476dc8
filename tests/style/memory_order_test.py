#!/usr/bin/env -S python3 -B
import unittest

from expect import CheckTest
from memory_order import check

_LIST = "tests/style/allow/memory_order.txt"
_USE = "#include <atomic>\nint f() { return x.load(std::memory_order_acquire); }\n"


class MemoryOrderTest(CheckTest):

    def test_reports_a_file_that_is_not_listed(self):
        self.assert_reports(check, {"a/b.h": _USE}, ["a/b.h:2"], "memory_order_acquire")
        self.assert_reports(check, {"a/b.cc": "auto o = std::memory_order::seq_cst;\n"},
                            ["a/b.cc:1"])

    def test_accepts_a_listed_file_and_directory(self):
        self.assert_clean(check, {_LIST: "a/b.h  because\nc/  because\n", "a/b.h": _USE,
                                  "c/d/e.cc": _USE})

    def test_does_not_take_a_longer_name_for_a_listed_one(self):
        self.assert_reports(check, {_LIST: "a/b.h  because\n", "a/b.h": _USE, "a/b.hh.h": _USE},
                            ["a/b.hh.h:2"])

    def test_comments_and_strings_do_not_spell_it(self):
        self.assert_clean(check, {"a/b.h": '// memory_order\nauto x = "memory_order"; /*\n'
                                           'memory_order */\n'})

    def test_reports_an_entry_without_a_reason(self):
        self.assert_reports(check, {_LIST: "# list\na/b.h\n", "a/b.h": _USE}, [_LIST + ":2"],
                            "no reason")

    def test_reports_an_entry_that_is_not_needed(self):
        self.assert_reports(check, {_LIST: "a/b.h  because\n", "a/b.h": "int x;\n"}, [_LIST + ":1"])
        self.assert_reports(check, {_LIST: "a/b.h  because\n"}, [_LIST + ":1"])


if __name__ == "__main__":
    unittest.main()

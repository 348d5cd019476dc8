#!/usr/bin/env -S python3 -B
import unittest

from expect import CheckTest
from forbidden_words import check


class ForbiddenWordsTest(CheckTest):

    def test_reports_volatile(self):
        self.assert_reports(check, {"a/b.h": "int x;\nvolatile int y;\n"}, ["a/b.h:2"], "volatile")

    def test_accepts_volatile_assembly_and_talk_about_it(self):
        self.assert_clean(check, {
            "a/b.h": 'asm volatile("pause");\n__asm__ volatile("pause" ::: "memory");\n',
            "a/c.h": '// volatile would not help\nconst char* x = "volatile";\n',
        })

    def test_reports_a_volatile_variable_beside_assembly(self):
        self.assert_reports(check, {"a/b.h": 'volatile int x; asm volatile("");\n'}, ["a/b.h:1"])

    def test_reports_notes_about_unfinished_work(self):
        for word in ("TODO", "FIXME", "XXX", "HACK"):
            for path in ("a/b.h", "a/b.cc", "a/BUILD.bazel", "a/b.bzl", "a/b.py", "a/b.sh"):
                self.assert_reports(check, {path: f"\n{word}(me): later\n"}, [path + ":2"], word)

    def test_accepts_longer_words_and_templates_of_names(self):
        self.assert_clean(check, {"a/b.sh": "mktemp /tmp/x.XXXXXX\n", "a/b.h": "int HACKED;\n"})

    def test_the_rule_may_name_the_words(self):
        self.assert_clean(check, {"tests/style/x.py": "TODO\n", "docs/style.md": "TODO\n"})


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env -S python3 -B
import unittest

from cpp_text import code_of, comments_of, includes_of


class CppTextTest(unittest.TestCase):

    def test_keeps_code_and_drops_comments_and_literals(self):
        self.assertEqual(code_of('a(); // b\n').split(), ["a();"])
        self.assertEqual(code_of('a(); /* b\nc */ d();').split(), ["a();", "d();"])
        self.assertEqual(code_of('f("// no", \'"\', x); // y').split(), ["f(", ",", ",", "x);"])

    def test_keeps_lines_and_columns(self):
        text = 'a /* b\n c */ d // e\n"f\\"g" h\n'
        self.assertEqual([len(line) for line in code_of(text).split("\n")],
                         [len(line) for line in text.split("\n")])

    def test_raw_strings_and_separators_in_numbers_do_not_confuse(self):
        self.assertEqual(code_of('R"x(" // )x" a').split(), ["a"])
        self.assertEqual(code_of("1'000'000; b // c").split(), ["1'000'000;", "b"])

    def test_keeps_comments_and_drops_code(self):
        self.assertEqual(comments_of('a("// no"); // b\n/* c */ d').split(), ["//", "b", "/*", "c",
                                                                           "*/"])

    def test_finds_includes_with_the_depth_of_their_condition(self):
        text = ("#ifndef A_H_\n#define A_H_\n#include <a>\n#if X\n#include \"b\"\n#endif\n"
                "// #include <no>\n#  include \"c\"\n#endif\n")
        self.assertEqual(includes_of(text), [(3, "a", False, 0), (5, "b", True, 1),
                                             (8, "c", True, 0)])


if __name__ == "__main__":
    unittest.main()

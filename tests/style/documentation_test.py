#!/usr/bin/env -S python3 -B
import unittest

from documentation import check
from expect import CheckTest
from tree import Tree

_SOURCE = "int main() {\n  // [body]\n  return 0;\n\n  // [body]\n}\n"
_FILES = {"examples/a.cc": _SOURCE}


def _block(code, origin="examples/a.cc", language="cpp"):
    comment = f"<!-- from: {origin} -->\n" if origin else ""
    return f"# Title\n\n{comment}```{language}\n{code}```\n"


class DocumentationTest(CheckTest):

    def assert_document(self, text, places, found="", path="README.md"):
        self.assert_reports(check, dict(_FILES, **{path: text}), places, found)

    def test_accepts_a_document_without_code(self):
        self.assert_document("# Pinwheel\n\nText.\n", [])

    def test_accepts_a_copy_of_a_file(self):
        self.assert_document(_block(_SOURCE), [])

    def test_accepts_a_copy_of_a_part(self):
        self.assert_document(_block("  return 0;\n\n", "examples/a.cc#body"), [])

    def test_reports_a_difference_with_both_places(self):
        self.assert_document(_block(_SOURCE.replace("0", "1")), ["README.md:7"],
                             "'  return 1;' differs from '  return 0;' at examples/a.cc:3")
        self.assert_document(_block("  return 0;\n  \n", "examples/a.cc#body"), ["README.md:6"],
                             "examples/a.cc:4")

    def test_reports_missing_and_surplus_lines(self):
        self.assert_document(_block(_SOURCE[:-2]), ["README.md:10"], "the end of the block")
        self.assert_document(_block(_SOURCE + "// more\n"), ["README.md:11"], "'// more'")

    def test_reports_code_without_a_source(self):
        for path in ("README.md", "docs/guide.md", "docs/deep/er.md"):
            self.assert_document(_block(_SOURCE, origin=""), [path + ":3"], path=path)
        for language in ("c++", "cc", "cpp {.numberLines}", "CPP"):
            self.assert_document(_block("int x;\n", "", language), ["README.md:3"])

    def test_leaves_other_languages_alone(self):
        for language in ("", "sh", "text", "python"):
            self.assert_document(_block("int x;\n", "", language), [])

    def test_reports_a_source_or_part_that_does_not_exist(self):
        self.assert_document(_block(_SOURCE, "examples/b.cc"), ["README.md:3"], "does not exist")
        self.assert_document(_block(_SOURCE, "examples/a.cc#tail"), ["README.md:3"], "[tail]")

    def test_a_fence_in_a_longer_fence_is_text(self):
        self.assert_document("````md\n```cpp\nint x;\n```\n````\n", [])

    def test_reports_a_block_without_an_end(self):
        self.assert_document("```sh\nls\n", ["README.md:1"], "without an end")

    def test_follows_links(self):
        self.assert_document("[a](examples/a.cc) [b](examples/) [c](#title) [d](https://x.org/y)\n"
                             "[e](examples/a.cc#L3) [f](mailto:a@b.org) `[g](no.md)`\n", [])
        self.assert_document("[a](../examples/a.cc) [b](guide.md)\n", [], path="docs/guide.md")

    def test_reports_links_that_lead_nowhere(self):
        self.assert_document("\n[a](examples/b.cc)\n", ["README.md:2"], "examples/b.cc")
        self.assert_document("[a](examples/a.cc)\n", ["docs/x.md:1"], path="docs/x.md")
        self.assert_document("[a](../../outside)\n", ["README.md:1"])
        self.assert_document("![picture](no.svg)\n", ["README.md:1"])
        self.assert_document("[a]: no/where.md\n", ["README.md:1"])

    def test_links_to_what_a_test_cannot_see_are_not_judged(self):
        tree = Tree({"README.md": "[a](e2e/BUILD.bazel)\n"}, unseen=("e2e",))
        self.assertEqual(check(tree), [])


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env -S python3 -B
import os
import tempfile
import unittest

from tree import Tree


class TreeTest(unittest.TestCase):

    def test_reads_a_directory_without_what_does_not_belong_to_it(self):
        with tempfile.TemporaryDirectory() as root:
            for path in ("a/b.h", ".bazelignore", "bazel-out/x.h", ".git/x", "e2e/x.h",
                         "a/e2e/y.h", "node_modules/z.h", "a/__pycache__/w"):
                os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
                with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                    file.write("e2e\n" if path == ".bazelignore" else "int x;\n")
            tree = Tree.from_directory(root)
        self.assertEqual(tree.paths(), [".bazelignore", "a/b.h", "a/e2e/y.h"])
        self.assertTrue(tree.is_unseen("e2e/x.h"))
        self.assertFalse(tree.is_unseen("e2e.h"))

    def test_selects_paths(self):
        tree = Tree({"a/b.h": "", "a/c.cc": "", "d/e.h": ""})
        self.assertEqual(tree.paths(".h", under=("a/",)), ["a/b.h"])
        self.assertEqual(tree.paths(".h", ".cc"), ["a/b.h", "a/c.cc", "d/e.h"])

    def test_knows_files_and_directories(self):
        tree = Tree({"a/b/c.h": "x\n"})
        self.assertTrue(tree.has_file("a/b/c.h") and tree.has_directory("a/b"))
        self.assertFalse(tree.has_file("a/b") or tree.has_directory("a/b/c"))
        self.assertEqual(tree.lines("a/b/c.h")[0], (1, "x"))


if __name__ == "__main__":
    unittest.main()

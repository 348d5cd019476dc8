#!/usr/bin/env -S python3 -B
import importlib.machinery
import importlib.util
import json
import os
import stat
import subprocess
import sys
import tempfile
import unittest

_PROGRAM = os.path.abspath("tools/compile_commands")


def _load():
    loader = importlib.machinery.SourceFileLoader("compile_commands", _PROGRAM)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def _query(*commands):
    return {"actions": [{"arguments": command.split()} for command in commands]}


class CompileCommandsTest(unittest.TestCase):

    def setUp(self):
        self.commands_of = _load().commands_of

    def test_writes_file_directory_and_arguments(self):
        self.assertEqual(
            self.commands_of(_query("gcc -O2 -c a/b.cc -o bin/b.o"), "/tree", "/root"),
            [{"directory": "/tree", "file": "a/b.cc",
              "arguments": ["gcc", "-O2", "-c", "a/b.cc", "-o", "bin/b.o"]}])

    def test_names_each_file_once_in_order(self):
        commands = self.commands_of(
            _query("gcc -c b.cc -fPIC", "gcc -c b.cc", "gcc -c a.cc", "ar x"), "/tree", "/root")
        self.assertEqual([command["file"] for command in commands], ["a.cc", "b.cc"])
        self.assertIn("-fPIC", commands[1]["arguments"])

    def test_leaves_out_what_clang_tools_refuse(self):
        command = self.commands_of(
            _query("gcc -fno-canonical-system-headers -D__DATE__=\"redacted\" -Wall -c a.cc"),
            "/tree", "/root")[0]
        self.assertEqual(command["arguments"], ["gcc", "-Wall", "-c", "a.cc"])

    def test_finds_generated_and_external_files_in_the_execution_root(self):
        command = self.commands_of(
            _query("gcc -iquote . -iquote external/x -Ibazel-out/y -c bazel-out/z.cc"), "/tree",
            "/root")[0]
        self.assertEqual(command["file"], "/root/bazel-out/z.cc")
        self.assertEqual(command["arguments"][1:6], ["-iquote", ".", "-iquote", "/root/external/x",
                                                     "-I/root/bazel-out/y"])


class ProgramTest(unittest.TestCase):

    def run_with(self, bazel, *arguments):
        """Exit code, output and written file with a shell script in the place of Bazel."""
        with tempfile.TemporaryDirectory() as root:
            path = os.path.join(root, "bazel")
            with open(path, "w", encoding="utf-8") as file:
                file.write("#!/bin/sh\n" + bazel)
            os.chmod(path, stat.S_IRWXU)
            written = os.path.join(root, "out.json")
            result = subprocess.run(
                [sys.executable, "-B", _PROGRAM, "--output", written, *arguments], text=True,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                env=dict(os.environ, BAZEL=path))
            content = None
            if os.path.exists(written):
                with open(written, encoding="utf-8") as file:
                    content = json.load(file)
        return result.returncode, result.stdout, content

    def test_asks_bazel_for_the_targets_with_the_options(self):
        code, output, content = self.run_with(
            'if [ "$1" = info ]; then echo /root; exit; fi\n'
            'case "$*" in *"//a/... + //b"*--config=clang*) ;; *) exit 9 ;; esac\n'
            'echo \'{"actions": [{"arguments": ["gcc", "-c", "a.cc"]}]}\'\n',
            "//a/...", "//b", "--config=clang")
        self.assertEqual(code, 0, output)
        self.assertEqual(content[0]["file"], "a.cc")

    def test_fails_when_bazel_fails_or_nothing_is_compiled(self):
        code, output, content = self.run_with("exit 7\n")
        self.assertNotEqual(code, 0)
        self.assertIn("failed with exit code 7", output)
        self.assertIsNone(content)
        code, output, content = self.run_with("echo '{}'\n", "//none")
        self.assertNotEqual(code, 0)
        self.assertIn("no C++ is compiled for //none", output)
        self.assertIsNone(content)

    def test_explains_itself(self):
        code, output, _ = self.run_with("exit 7\n", "--help")
        self.assertEqual(code, 0)
        self.assertIn("run-clang-tidy", output)


if __name__ == "__main__":
    unittest.main()

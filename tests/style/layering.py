"""Includes cross only the allowed edges between directories, and reach other libraries properly."""

import layers
from allow_list import AllowList
from cpp_text import includes_of
from finding import Finding


def check(tree):
    checker = _Checker(tree)
    for path in tree.paths(".h", ".cc"):
        checker.check_file(path)
    return checker.found + checker.stale_entries()


class _Checker:

    def __init__(self, tree):
        self.found = []
        self._tree = tree
        self._lists = {name: AllowList(tree, name) for name in ("numa", "status_in_core",
                                                                "os_in_core")}
        self._used = {name: set() for name in self._lists}

    def check_file(self, path):
        includes = includes_of(self._tree.text(path))
        if includes and layers.layer_of(path) is None:
            self._report(path, 1, "a directory without a layer",
                         "every directory with C++ has its place in the layering",
                         "add it to the table in tests/style/layers.py, in a reviewed change")
            return
        for line, target, is_quoted, depth in includes:
            if is_quoted:
                self._check_quoted(path, line, target, depth)
            else:
                self._check_angled(path, line, target)

    def stale_entries(self):
        return [problem for name, allow_list in self._lists.items()
                for problem in allow_list.problems(self._used[name])]

    def _check_quoted(self, path, line, target, depth):
        if target.startswith(layers.THIRD_PARTY):
            self._check_third_party(path, line, target)
        elif not self._tree.has_file(target):
            self._report(path, line, f'#include "{target}", which is not in the tree',
                         "includes are written from the root of the tree; system headers in <>",
                         "write the whole path, or <> for a header of the system")
        elif target.startswith("tests/") and not path.startswith("tests/"):
            self._check_tests_include(path, line, target, depth)
        elif not layers.may_include(path, target):
            layer = layers.layer_of(path)
            self._report(path, line, f'#include "{target}"',
                         f"{layer}/ includes only from "
                         + ", ".join(f"{name}/" for name in layers.allowed_layers(layer)),
                         "turn the dependency round or pass the thing in; docs/style.md has the "
                         "picture")

    def _check_tests_include(self, path, line, target, depth):
        if path != layers.TEST_HOOK or not target.startswith(layers.TEST_HOOK_MAY_INCLUDE):
            self._report(path, line, f'#include "{target}"', "nothing outside tests/ includes it",
                         "move what is shared into a library")
        elif depth == 0:
            self._report(path, line, f'#include "{target}" without a condition',
                         f"{layers.TEST_HOOK} includes the model only in a test build",
                         "put the include between #if and #endif")

    def _check_third_party(self, path, line, target):
        if not layers.is_core(path):
            return
        if not target.startswith("absl/status/"):
            self._report(path, line, f'#include "{target}"',
                         "the core uses nothing but the standard library, and absl/status for "
                         "set-up errors", "do it above the core")
            return
        self._require_entry("status_in_core", path, line, f'#include "{target}"',
                            "set-up code of the core may use absl/status, hot code may not")

    def _check_angled(self, path, line, target):
        spelled = f"#include <{target}>"
        if target.startswith(layers.THIRD_PARTY) or self._tree.has_file(target):
            self._report(path, line, spelled, "<> is for the standard library and the system; the "
                         "registry's Abseil is found only with quotes", f'write "{target}"')
        elif target in layers.NUMA_HEADERS:
            if path.startswith("affinity/"):
                self._require_entry("numa", path, line, spelled,
                                    "libnuma stays behind one small target")
            else:
                self._report(path, line, spelled, "only affinity/ knows libnuma",
                             "use affinity's own headers")
        elif layers.is_core(path) and (target in layers.SYSTEM_HEADERS_NOT_IN_CORE or
                                       target.startswith(layers.SYSTEM_DIRECTORIES_NOT_IN_CORE)):
            self._require_entry("os_in_core", path, line, spelled,
                                "the core knows no threads, clocks or system calls")

    def _require_entry(self, list_name, path, line, found, rule):
        self._used[list_name].add(path)
        allow_list = self._lists[list_name]
        if not allow_list.covers(path):
            self._report(path, line, found, f"{rule}; exceptions: {allow_list.path}",
                         "move it out of this file, or add the file to the list with the reason")

    def _report(self, path, line, found, rule, fix):
        self.found.append(Finding(path, line, found, rule, fix))

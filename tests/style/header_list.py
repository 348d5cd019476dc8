"""tests/headers/headers.bzl lists every public header, with a target that exports it.

A header that is private to its target (in srcs) is not listed: the .cc of the same name includes it
first, which shows that it compiles alone.
"""

import ast

from build_file import BuildFile, literal
from cpp_text import includes_of
from finding import Finding

LIST = "tests/headers/headers.bzl"
_UNDER = ("disruptor/", "affinity/", "examples/")
_RULE = "every header is compiled on its own by //tests/headers"


def check(tree):
    listed = _listed(tree)
    found = [
        Finding(path, 1, f"not listed in {LIST}", _RULE,
                f'add "{path}": "//{path.rpartition("/")[0]}:{_stem(path)}" to HEADERS there')
        for path in tree.paths(".h", under=_UNDER)
        if path not in listed and not _is_proved_by_its_source(tree, path)
    ]
    for header, (line, label) in listed.items():
        problem = _problem(tree, header, label)
        if problem:
            found.append(Finding(LIST, line, problem, _RULE, "correct or delete the line"))
    return found


def _stem(path):
    return path.rpartition("/")[2][:-len(".h")]


def _is_proved_by_its_source(tree, path):
    package, _, name = path.rpartition("/")
    build_path = f"{package}/BUILD.bazel"
    source = path[:-len(".h")] + ".cc"
    if not tree.has_file(build_path) or not tree.has_file(source):
        return False
    is_private = any(name in (rule.attributes.get("srcs") or ())
                     for rule in BuildFile(tree.text(build_path)).rules)
    return is_private and [include[1] for include in includes_of(tree.text(source))[:1]] == [path]


def _listed(tree):
    """header -> (line, label) of the HEADERS dictionary."""
    if not tree.has_file(LIST):
        return {}
    for node in ast.parse(tree.text(LIST)).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "HEADERS":
            return {literal(key): (key.lineno, literal(value))
                    for key, value in zip(node.value.keys, node.value.values)}
    return {}


def _problem(tree, header, label):
    if not tree.has_file(header):
        return f"{header} does not exist"
    package, _, name = label.lstrip("/").partition(":")
    build_path = f"{package}/BUILD.bazel"
    rule = BuildFile(tree.text(build_path)).rule(name) if tree.has_file(build_path) else None
    if rule is None:
        return f"the target {label} does not exist"
    exported = [f"{package}/{name}" for name in rule.attributes.get("hdrs") or ()]
    if header not in exported:
        return f"{label} does not have {header} in hdrs"
    return None

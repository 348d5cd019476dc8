"""Every package hands its files to the checks: a filegroup `sources`, listed in all_sources."""

import ast

from build_file import BuildFile, absolute_label, glob_patterns, literal
from finding import Finding
from tree import directory_of, is_build_file

COLLECTOR = "tests/style/BUILD.bazel"
_RULE = "every package hands all its files to the checks"


def check(tree):
    if not tree.has_file(COLLECTOR):
        return [Finding(COLLECTOR, 1, "no such file", _RULE, "restore it")]
    listed = _collected(tree)
    found = []
    for path in tree.paths():
        if not is_build_file(path):
            continue
        label = f"//{directory_of(path)}:sources"
        text = tree.text(path)
        if BuildFile(text).rule("sources") is None:
            found.append(Finding(path, 1, "no filegroup 'sources'", _RULE,
                                 'filegroup(name = "sources", srcs = glob(["**"]), visibility = '
                                 '["//tests/style:__pkg__"])'))
        elif "**" not in (glob_patterns(text, "sources") or ()):
            found.append(Finding(path, BuildFile(text).rule("sources").line,
                                 "'sources' leaves out files of the package", _RULE,
                                 'write srcs = glob(["**"])'))
        if label not in listed:
            found.append(Finding(path, 1, f"{label} is not in {COLLECTOR}", _RULE,
                                 f'add "{label}" to PACKAGES there'))
    return found


def _collected(tree):
    """The labels in the list PACKAGES of the collecting BUILD file."""
    package = directory_of(COLLECTOR)
    for node in ast.parse(tree.text(COLLECTOR)).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "PACKAGES":
            return {absolute_label(label, package) for label in literal(node.value)}
    return set()

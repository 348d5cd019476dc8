"""Length of files and lines, tabs, trailing space, the newline at the end."""

import re

from finding import Finding
from tree import is_build_file

WARN_ABOVE_LINES = 250
FAIL_ABOVE_LINES = 400
COLUMNS = 100

_CPP = (".h", ".cc")
_TEXT = (".h", ".cc", ".bzl", ".bazel", ".py", ".sh", ".md", "WORKSPACE", "WORKSPACE.bzlmod")
_LONE_URL = re.compile(r"\s*(//|#)\s*<?https?://\S+$")


def check(tree):
    found = []
    for path in tree.paths():
        if _is_text(tree, path):
            found += _spacing(tree, path)
            if path.endswith(_CPP):
                found += _file_length(tree, path)
            if path.endswith(_CPP + (".bzl", ".py")) or is_build_file(path):
                found += _columns(tree, path)
    return found


def _is_text(tree, path):
    """Recorded inputs of tests are kept as they were, whatever they look like."""
    if "/testdata/" in path:
        return False
    name = path.rpartition("/")[2]
    return path.endswith(_TEXT) or "." not in name and tree.data(path).startswith(b"#!")


def _file_length(tree, path):
    count = tree.text(path).count("\n")
    if count <= WARN_ABOVE_LINES:
        return []
    return [Finding(
        path, count, f"{count} lines",
        f"one concept per file: a warning above {WARN_ABOVE_LINES} lines, "
        f"a failure above {FAIL_ABOVE_LINES}",
        "move the second concept of the file to a file of its own",
        is_warning=count <= FAIL_ABOVE_LINES)]


def _columns(tree, path):
    return [
        Finding(path, number, f"{len(line)} columns",
                f"at most {COLUMNS} columns; only a link alone in a comment may be longer",
                "break the line (clang-format -i for C++)")
        for number, line in tree.lines(path)
        if len(line) > COLUMNS and not _LONE_URL.match(line)
    ]


def _spacing(tree, path):
    text = tree.text(path)
    found = []
    for number, line in tree.lines(path):
        if "\t" in line:
            found.append(Finding(path, number, f"a tab in column {line.index(chr(9)) + 1}",
                                 "no tabs", "indent with spaces; write \\t in a literal"))
        if line.endswith((" ", "\t", "\r")):
            found.append(Finding(path, number, "space at the end of the line", "no trailing space",
                                 f"sed -i 's/[[:space:]]*$//' {path}"))
    if text and not text.endswith("\n"):
        found.append(Finding(path, text.count("\n") + 1, "no newline at the end of the file",
                             "every file ends with a newline", f"echo >> {path}"))
    if text.endswith("\n\n"):
        found.append(Finding(path, text.count("\n"), "empty lines at the end of the file",
                             "every file ends with one newline", "delete the empty lines"))
    return found

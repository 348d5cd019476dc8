"""Words that do not belong in the tree: volatile, and notes about work that is not done."""

import re

from cpp_text import code_of
from finding import Finding
from tree import is_build_file

# volatile on a variable is neither atomic nor ordered; on an asm statement it is what keeps the
# statement there.
_VOLATILE = re.compile(r"\bvolatile\b")
_ASM_VOLATILE = re.compile(r"\b(asm|__asm|__asm__)(\s+(goto|inline))*\s+volatile\b")
_UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
# The rule and its tests have to name the words.
_MAY_NAME_THEM = ("tests/style/",)


def check(tree):
    found = []
    for path in tree.paths(".h", ".cc"):
        code = _ASM_VOLATILE.sub("", code_of(tree.text(path)))
        for number, line in enumerate(code.split("\n"), start=1):
            if _VOLATILE.search(line):
                found.append(Finding(
                    path, number, "volatile",
                    "no volatile: it orders nothing between threads (asm volatile is fine)",
                    "use an order-named operation of disruptor/sequence.h, or a plain variable"))
    for path in tree.paths():
        if not _is_code(path) or path.startswith(_MAY_NAME_THEM):
            continue
        for number, line in tree.lines(path):
            for match in _UNFINISHED.finditer(line):
                found.append(Finding(
                    path, number, match.group(),
                    "no notes about unfinished work in the code",
                    "decide it, make it an option, or file an issue"))
    return found


def _is_code(path):
    return path.endswith((".h", ".cc", ".bzl", ".py", ".sh")) or is_build_file(path)

"""memory_order is spelled only in reviewed files; all other code uses order-named operations."""

import re

from allow_list import AllowList
from cpp_text import code_of
from finding import Finding

_SPELLED = re.compile(r"\bmemory_order\w*")


def check(tree):
    allowed = AllowList(tree, "memory_order")
    found = []
    used = []
    for path in tree.paths(".h", ".cc"):
        for number, line in enumerate(code_of(tree.text(path)).split("\n"), start=1):
            match = _SPELLED.search(line)
            if not match:
                continue
            used.append(path)
            if not allowed.covers(path):
                found.append(Finding(
                    path, number, match.group(),
                    "memory_order is spelled only in the files of " + allowed.path,
                    "use LoadAcquire, StoreRelease, LoadRelaxed of disruptor/sequence.h; if the "
                    "file must own an order, add it to the list with the reason"))
    return found + allowed.problems(used)

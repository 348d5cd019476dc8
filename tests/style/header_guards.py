"""Header guards are named after the path of the header."""

import re

from cpp_text import code_of
from finding import Finding

_RULE = "a header is guarded by the name of its path, PATH_FILE_H_, from its first to its last line"


def check(tree):
    found = []
    for path in tree.paths(".h"):
        found += _check_header(path, tree.text(path))
    return found


def guard_of(path):
    return re.sub(r"[^A-Za-z0-9]", "_", path).upper() + "_"


def _check_header(path, text):
    guard = guard_of(path)
    directives = [(number, " ".join(line.split()))
                  for number, line in enumerate(code_of(text).split("\n"), start=1)
                  if line.strip()]
    fix = f"start with '#ifndef {guard}' and '#define {guard}', end with '#endif  // {guard}'"
    for position, wanted in ((0, f"#ifndef {guard}"), (1, f"#define {guard}"), (-1, "#endif")):
        if len(directives) < 3:
            return [Finding(path, 1, "no header guard", _RULE, fix)]
        number, line = directives[position]
        if line != wanted:
            return [Finding(path, number, f"'{line}' where '{wanted}' is expected", _RULE, fix)]
    number = directives[-1][0]
    last_line = text.split("\n")[number - 1]
    if last_line != f"#endif  // {guard}":
        return [Finding(path, number, f"'{last_line}' at the end", _RULE,
                        f"write '#endif  // {guard}'")]
    return []

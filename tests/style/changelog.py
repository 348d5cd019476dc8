"""CHANGELOG.md exists and says what belongs to which version."""

import re

from finding import Finding

_PATH = "CHANGELOG.md"
_RULE = "CHANGELOG.md lists what users notice, by version"
_HEADING = re.compile(r"^##\s+\[?(Unreleased|v?[0-9]+\.[0-9]+\.[0-9]+[\w.+-]*)\]?", re.IGNORECASE)


def check(tree):
    if not tree.has_file(_PATH):
        return [Finding(_PATH, 1, "no such file", _RULE,
                        "create it with a heading '## Unreleased'")]
    if not any(_HEADING.match(line) for _, line in tree.lines(_PATH)):
        return [Finding(_PATH, 1, "no heading of a version", _RULE,
                        "add '## Unreleased' or '## 0.1.0' above the entries")]
    return []

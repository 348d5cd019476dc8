"""Lists of reviewed exceptions: one entry and its reason per line, `#` starts a comment line."""

from typing import NamedTuple

from finding import Finding


class Entry(NamedTuple):
    line: int
    reason: str


class AllowList:
    """The entries of one file below tests/style/allow/."""

    def __init__(self, tree, name):
        self.path = f"tests/style/allow/{name}.txt"
        self.entries = {}
        if not tree.has_file(self.path):
            return
        for number, line in tree.lines(self.path):
            words = line.split(None, 1)
            if words and not words[0].startswith("#"):
                self.entries[words[0]] = Entry(number, words[1] if len(words) > 1 else "")

    def covers(self, path):
        """True if `path` is listed, or lies below a listed directory (an entry ending in `/`)."""
        return path in self.entries or any(
            entry.endswith("/") and path.startswith(entry) for entry in self.entries)

    def problems(self, used):
        """Entries without a reason, and entries that no member of `used` needs any more."""
        found = []
        for entry, (line, reason) in self.entries.items():
            if not reason.strip():
                found.append(Finding(
                    self.path, line, f"'{entry}' has no reason",
                    "every exception says on its line why it is one",
                    "write the reason behind the entry, separated by spaces"))
            if not any(path == entry or entry.endswith("/") and path.startswith(entry)
                       for path in used):
                found.append(Finding(
                    self.path, line, f"nothing needs the entry '{entry}'",
                    "an exception that is no longer used is removed",
                    "delete the line, or correct the name"))
        return found

"""What a check reports."""

from typing import NamedTuple


class Finding(NamedTuple):
    """One place that breaks a rule; `line` counts from 1, and is 1 where a whole file is meant."""

    path: str
    line: int
    found: str
    rule: str
    fix: str
    is_warning: bool = False

    def __str__(self):
        label = "warning: " if self.is_warning else ""
        return (f"{self.path}:{self.line}: {label}{self.found}\n"
                f"    rule: {self.rule}\n"
                f"    fix:  {self.fix}")

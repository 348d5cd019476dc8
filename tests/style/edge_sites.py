"""Finds the labels of release/acquire edges in comments. The grammar is told in edge_labels.py."""

import re
from typing import NamedTuple

from cpp_text import comments_of
from finding import Finding

_EDGE = re.compile(r"\bE(?P<number>[0-9]+) (?P<side>release ->|acquire <-) "
                   r"(?P<name>[A-Za-z_]\w*(?:::~?[A-Za-z_]\w*)*)")
_COMMENT = re.compile(r"//(?P<space> *)(?P<text>.*)$")
_LABEL = re.compile(r"E[0-9]+\b")
# A section of a class comment: a word of capitals in the first column, "ORDERING  E1 acquire ...".
_SECTION = re.compile(r"[A-Z]{4,}\b(?!\()")


class Site(NamedTuple):
    """One end of an edge; `name` is the function at the other end."""

    label: str
    is_release: bool
    name: str
    path: str
    line: int


class Mention(NamedTuple):
    """A description of an edge: a row under ORDERING, a line of a function comment."""

    label: str
    path: str
    line: int


def scan(path, text):
    """The sites, the mentions and the findings (malformed labels) of one file."""
    sites, mentions, found = [], [], []
    in_ordering = False
    for number, line in enumerate(comments_of(text).split("\n"), start=1):
        comment = _COMMENT.search(line)
        if not comment:
            in_ordering = False
            continue
        text = comment.group("text")
        is_first_column = len(comment.group("space")) == 1
        section = _SECTION.match(text) if is_first_column else None
        if section:
            in_ordering = section.group() == "ORDERING"
        edges = list(_EDGE.finditer(text))
        label = _LABEL.match(text)
        if not in_ordering and is_first_column and label:
            sites += [_site(edge, path, number) for edge in edges]
            if not edges or edges[0].start() != 0:
                found.append(_malformed(path, number, text))
            continue
        mentions += [Mention("E" + edge.group("number"), path, number) for edge in edges]
        if in_ordering and label and not edges:
            mentions.append(Mention(label.group(), path, number))
    return sites, mentions, found


def _site(edge, path, line):
    is_release = edge.group("side").startswith("release")
    return Site("E" + edge.group("number"), is_release, edge.group("name"), path, line)


def _malformed(path, line, text):
    return Finding(
        path, line, f"'{text}'",
        "an edge label reads 'E1 release -> Class::Function' or 'E1 acquire <- Class::Function'",
        "write the side, the arrow and the function at the other end")

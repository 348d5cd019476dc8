"""C++ in documents comes from compiled files, and links inside the tree lead somewhere.

    <!-- from: examples/hello_ring.cc -->           the block is the whole file
    <!-- from: examples/pipeline.cc#stages -->      the part between two lines "// [stages]"

stand on the line above the fence of a cpp block, which equals its source byte for byte.
"""

import posixpath
import re

from finding import Finding
from tree import directory_of

_FENCE = re.compile(r"^(?P<indent> *)(?P<fence>```+|~~~+)\s*(?P<language>[\w+#-]*)")
_FROM = re.compile(r"^\s*<!-- from: (?P<path>[^\s#]+)(?:#(?P<part>[\w-]+))? -->\s*$")
_CPP = {"cpp", "c++", "cc", "cxx"}
_LINK = re.compile(r"\]\(<?(?P<target>[^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
_REFERENCE = re.compile(r"^\s*\[[^\]]+\]:\s*<?(?P<target>[^\s>]+)")
_CODE_SPAN = re.compile(r"`[^`]*`")
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|#|//")

_SOURCE_RULE = "C++ in a document is a copy of a compiled file"
_SOURCE_FIX = "put '<!-- from: path.cc -->' or '<!-- from: path.cc#part -->' on the line above"


def check(tree):
    found = []
    for path in tree.paths(".md"):
        found += _check_document(tree, path)
    return found


def _check_document(tree, path):
    found = []
    fence = None
    block = []
    origin = None
    previous = ""
    for number, line in tree.lines(path):
        opening = _FENCE.match(line)
        if fence is None and opening:
            fence, start, block = opening, number, []
            origin = _FROM.match(previous)
        elif fence is not None and _closes(line, fence.group("fence")):
            if fence.group("language").lower() in _CPP:
                found += _check_block(tree, path, start, origin, block)
            fence = None
        elif fence is not None:
            block.append(line)
        else:
            found += _check_links(tree, path, number, line)
        previous = line
    if fence is not None:
        found.append(Finding(path, start, "a code block without an end",
                             "every code block is closed", "close it with the same fence"))
    return found


def _closes(line, fence):
    stripped = line.strip()
    return set(stripped) == {fence[0]} and len(stripped) >= len(fence)


def _check_block(tree, path, number, origin, block):
    if not origin:
        return [Finding(path, number, "a cpp block without a source", _SOURCE_RULE, _SOURCE_FIX)]
    source = origin.group("path")
    if not tree.has_file(source):
        return [Finding(path, number - 1, f"the source {source} does not exist", _SOURCE_RULE,
                        "correct the path, from the root of the tree")]
    expected, first = _source_lines(tree, source, origin.group("part"))
    if expected is None:
        part = origin.group("part")
        return [Finding(path, number - 1, f"{source} has no part between two lines '// [{part}]'",
                        _SOURCE_RULE, "add the two marker lines, or correct the name")]
    if block == expected:
        return []
    return [_first_difference(path, number, source, first, block, expected)]


def _source_lines(tree, source, part):
    """The lines of the source, or of a part of it, and the number of the first."""
    lines = tree.text(source).split("\n")
    if part is None:
        return (lines[:-1] if lines[-1] == "" else lines), 1
    marks = [index for index, line in enumerate(lines) if line.strip() == f"// [{part}]"]
    if len(marks) != 2:
        return None, 0
    return lines[marks[0] + 1:marks[1]], marks[0] + 2


def _first_difference(path, number, source, first, block, expected):
    offset = next((index for index, pair in enumerate(zip(block, expected)) if pair[0] != pair[1]),
                  min(len(block), len(expected)))
    here = f"'{block[offset]}'" if offset < len(block) else "the end of the block"
    there = f"'{expected[offset]}'" if offset < len(expected) else "the end"
    return Finding(path, number + 1 + offset,
                   f"{here} differs from {there} at {source}:{first + offset}",
                   _SOURCE_RULE + ", byte for byte", f"copy the block from {source} again")


def _check_links(tree, path, number, line):
    text = _CODE_SPAN.sub("", line)
    targets = [match.group("target") for match in _LINK.finditer(text)]
    reference = _REFERENCE.match(text)
    if reference:
        targets.append(reference.group("target"))
    found = []
    for target in targets:
        if not _ELSEWHERE.match(target) and not _exists(tree, path, target):
            found.append(Finding(path, number, f"a link to '{target}', which does not exist",
                                 "links inside the tree lead to existing files",
                                 "correct the path, relative to the document"))
    return found


def _exists(tree, path, target):
    plain = target.partition("#")[0]
    joined = plain[1:] if plain.startswith("/") else posixpath.join(directory_of(path), plain)
    place = posixpath.normpath(joined)
    if place.startswith(".."):
        return False
    return tree.has_file(place) or tree.has_directory(place) or tree.is_unseen(place)

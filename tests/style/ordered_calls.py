"""Finds acquire and release operations whose statement carries no edge label."""

import re

from cpp_text import code_of

_CALL = re.compile(r"(?:\.|->)\s*(?P<name>\w+(?:Acquire|Release|AcqRel))\s*\(")
# A function that has the order in its own name hands the edge to its callers, who label it.
_WRAPPER = re.compile(r"(?<![.>\w])\w+(?:Acquire|Release|AcqRel)\s*\([^;{}]*\)[\w\s]*\{")


def unlabelled_calls(text, labelled_lines):
    """(line, name of the operation) of each call without a label on its statement or above it."""
    code = code_of(text)
    lines = code.split("\n")
    exempt = _wrapper_lines(code)
    result = []
    for number, line in enumerate(lines, start=1):
        match = _CALL.search(line)
        if match and number not in exempt and not labelled_lines & _statement(lines, number):
            result.append((number, match.group("name")))
    return result


def _wrapper_lines(code):
    result = set()
    for match in _WRAPPER.finditer(code):
        depth = 0
        end = match.end() - 1
        while end < len(code):
            depth += {"{": 1, "}": -1}.get(code[end], 0)
            if depth == 0:
                break
            end += 1
        result |= set(range(_line_at(code, match.start()), _line_at(code, end) + 1))
    return result


def _line_at(code, position):
    return code.count("\n", 0, position) + 1


def _statement(lines, number):
    """The lines of the statement around `number` and of the comment block right above it."""
    first = last = number
    while first > 1 and lines[first - 2].strip() and not _ends_statement(lines[first - 2]):
        first -= 1
    while last < len(lines) and not _ends_statement(lines[last - 1]):
        last += 1
    while first > 1 and not lines[first - 2].strip():
        first -= 1
    return set(range(first, last + 1))


def _ends_statement(code_line):
    return code_line.rstrip().endswith((";", "{", "}", ":"))

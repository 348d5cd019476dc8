"""Separates the code of a C++ file from its comments, keeping every line where it is."""

import re

# Order matters: a raw string may hold quotes, a string may hold comment marks, and the quotes in
# 1'000'000 belong to the number.
_TOKEN = re.compile(
    r"""
    (?P<line_comment>//[^\n]*) |
    (?P<block_comment>/\*.*?(?:\*/|\Z)) |
    (?P<raw_string>R"(?P<delimiter>[^()\\\s]{0,16})\(.*?\)(?P=delimiter)") |
    (?P<string>"(?:\\.|[^"\\\n])*"?) |
    (?P<number>\b[0-9](?:'?[0-9A-Za-z_.])*) |
    (?P<character>'(?:\\.|[^'\\\n])*'?)
    """, re.VERBOSE | re.DOTALL)

_INCLUDE = re.compile(r'^\s*#\s*include\s*(?P<quoted>["<])(?P<path>[^">]+)[">]')


def code_of(text):
    """`text` with comments and the contents of literals blanked out."""

    def replace(match):
        if match.lastgroup == "number":
            return match.group()
        return _blank(match.group())

    return _TOKEN.sub(replace, text)


def comments_of(text):
    """`text` with everything but comments blanked out."""
    kept = []
    end = 0
    for match in _TOKEN.finditer(text):
        kept.append(_blank(text[end:match.start()]))
        is_comment = match.group("line_comment") or match.group("block_comment")
        kept.append(match.group() if is_comment else _blank(match.group()))
        end = match.end()
    kept.append(_blank(text[end:]))
    return "".join(kept)


def includes_of(text):
    """(line, path, is_quoted, condition depth) of every include that is not commented out.

    The depth counts the #if around the include, without the header guard.
    """
    result = []
    conditions = []
    code_lines = code_of(text).split("\n")
    guard = _guard_line(code_lines)
    for number, (line, code) in enumerate(zip(text.split("\n"), code_lines), start=1):
        directive = re.match(r"\s*#\s*(\w+)", code)
        if not directive:
            continue
        if directive.group(1) in ("if", "ifdef", "ifndef"):
            conditions.append(number)
        elif directive.group(1) == "endif" and conditions:
            conditions.pop()
        match = _INCLUDE.match(line)
        if match:
            depth = sum(1 for opened in conditions if opened != guard)
            result.append((number, match.group("path"), match.group("quoted") == '"', depth))
    return result


def _guard_line(code_lines):
    for number, line in enumerate(code_lines, start=1):
        if line.strip():
            return number if re.match(r"\s*#\s*ifndef\s+\w+_H_\s*$", line) else None
    return None


def _blank(text):
    return re.sub(r"[^\n]", " ", text)

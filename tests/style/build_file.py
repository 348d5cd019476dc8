"""Reads BUILD files: their syntax is a subset of Python's, so Python's parser does."""

import ast
from typing import NamedTuple


class Rule(NamedTuple):
    """One call at the top of a BUILD file. An attribute that is not a plain literal (a glob, a
    select) has the value None."""

    kind: str
    name: str
    line: int
    attributes: dict


class BuildFile:
    """The rules and loads of one BUILD file."""

    def __init__(self, text):
        module = ast.parse(text)
        self.rules = []
        self.loads = {}
        self.default_visibility = None
        for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name):
                self._add(call)

    def rule(self, name):
        return next((rule for rule in self.rules if rule.name == name), None)

    def _add(self, call):
        kind = call.func.id
        attributes = {keyword.arg: literal(keyword.value) for keyword in call.keywords}
        if kind == "load":
            values = [literal(argument) for argument in call.args]
            for symbol in values[1:] + list(attributes.values()):
                self.loads[symbol] = values[0]
        elif kind == "package":
            self.default_visibility = attributes.get("default_visibility")
        elif "name" in attributes:
            self.rules.append(Rule(kind, attributes["name"], call.lineno, attributes))


def literal(node):
    """The value of `node` if it is a literal, else None."""
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def glob_patterns(text, rule_name):
    """The include patterns of `srcs = glob([...])` of the named rule, or None without a glob."""
    for call in ast.walk(ast.parse(text)):
        if not isinstance(call, ast.Call):
            continue
        keywords = {keyword.arg: keyword.value for keyword in call.keywords}
        if "name" not in keywords or literal(keywords["name"]) != rule_name:
            continue
        srcs = keywords.get("srcs")
        if isinstance(srcs, ast.Call) and getattr(srcs.func, "id", "") == "glob" and srcs.args:
            return literal(srcs.args[0])
    return None


def label_of(directory, name):
    return f"//{directory}:{name}"


def absolute_label(label, directory):
    """`label` as written in the package `directory`, in the form //package:name."""
    if label.startswith("@"):
        return label
    if label.startswith(":"):
        return f"//{directory}{label}"
    if label.startswith("//"):
        if ":" in label:
            return label
        return f"{label}:{label.rpartition('/')[2]}"
    return f"//{directory}:{label}"

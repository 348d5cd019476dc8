"""Evaluates BUILD files: their syntax is a subset of Python's, so Python runs them.

Only what Bazel 9 still has without a load() is defined, so a rule that was not loaded is an
undefined name here as it is there.
"""

from dataclasses import dataclass, field


@dataclass
class Target:
    """One target, with the attributes as written; a glob() has the value []."""

    rule: str
    name: str
    attributes: dict


@dataclass
class Package:
    path: str
    targets: dict = field(default_factory=dict)
    loads: dict = field(default_factory=dict)  # symbol -> label of the file that has it
    default_visibility: list = field(default_factory=list)
    error: str = ""

    def visibility(self, target):
        return target.attributes.get("visibility", self.default_visibility)

    def is_public(self, target):
        return "//visibility:public" in self.visibility(target)


_RULES_WITHOUT_LOAD = ("alias", "config_setting", "filegroup", "genrule", "test_suite")


def evaluate(path, text):
    """The package of the BUILD file `text`; what went wrong is in its `error`."""
    package = Package(path)
    names = {"__builtins__": {"len": len, "range": range, "str": str, "list": list, "dict": dict,
                              "sorted": sorted, "True": True, "False": False, "None": None}}

    def rule(kind):

        def call(*, name, **attributes):
            package.targets[name] = Target(kind, name, attributes)

        return call

    def load(label, *symbols, **renamed):
        for symbol, original in [(each, each) for each in symbols] + list(renamed.items()):
            package.loads[symbol] = label
            names[symbol] = rule(original)

    def set_defaults(*, default_visibility=(), features=(), default_testonly=False, licenses=()):
        del features, default_testonly, licenses
        package.default_visibility = list(default_visibility)

    def exports_files(srcs, visibility=None, licenses=None):
        del licenses
        for source in srcs:
            package.targets[source] = Target("source file", source,
                                             {"visibility": visibility or []})

    names.update({kind: rule(kind) for kind in _RULES_WITHOUT_LOAD})
    names.update(load=load, package=set_defaults, exports_files=exports_files,
                 glob=lambda include, exclude=(), allow_empty=True: [], select=_Select)
    try:
        exec(compile(text, path or "BUILD.bazel", "exec"), names)  # pylint: disable=exec-used
    except NameError as error:
        package.error = f"{error}: a rule needs its load()"
    except Exception as error:  # pylint: disable=broad-except
        package.error = f"{type(error).__name__}: {error}"
    return package


class _Select(list):
    """The values of all branches, and the conditions: every label of them must exist."""

    def __init__(self, branches, no_match_error=""):
        del no_match_error
        super().__init__(condition for condition in branches if condition != "//conditions:default")
        for value in branches.values():
            self.extend(value if isinstance(value, list) else [value])

    def __add__(self, other):
        return list(self) + list(other)

    def __radd__(self, other):
        return list(other) + list(self)


def strings(value):
    """Every string inside an attribute."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from strings(key)
            yield from strings(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from strings(each)


def external_labels(package):
    """(repository, package, target, is a load) of every external label in the BUILD file."""
    for label in sorted(set(package.loads.values())):
        if label.startswith("@"):
            yield (*split_label(label), True)
    for target in package.targets.values():
        for value in strings(target.attributes):
            if value.startswith("@"):
                yield (*split_label(value), False)


def split_label(label):
    """"@a//b/c:d" as ("a", "b/c", "d"); the short forms "@a//b/c" and "@a" included."""
    repository, _, rest = label.lstrip("@").partition("//")
    path, colon, target = rest.partition(":")
    return repository, path, target if colon else (path.rsplit("/", 1)[-1] or repository)

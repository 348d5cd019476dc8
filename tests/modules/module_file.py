"""Evaluates MODULE.bazel as Python, with stubs that take exactly the arguments the real calls take.

The signatures are those of Bazel 7.2 to 9 (bazel.build/rules/lib/globals/module). A misspelt
argument, which a formatter lets through, is an error here as it would be there.
"""

import re
from dataclasses import dataclass, field

_NAME = re.compile(r"[a-z]([a-z0-9._-]*[a-z0-9])?")
_VERSION = re.compile(r"[a-zA-Z0-9.]+(-[a-zA-Z0-9.-]+)?(\+[a-zA-Z0-9.-]+)?")
_COMPATIBILITY = re.compile(r"(>|<|-|<=|>=)(\d+\.){2}\d+")


@dataclass
class Dependency:
    version: str
    is_dev: bool


@dataclass
class ModuleFile:
    name: str = ""
    version: str = ""
    compatibility_level: int = 0
    dependencies: dict = field(default_factory=dict)  # by repository name
    overrides: dict = field(default_factory=dict)  # module name -> what kind, and its arguments
    error: str = ""


def evaluate(text):
    """The module file `text`; what went wrong is in its `error`."""
    result = ModuleFile()
    try:
        exec(compile(text, "MODULE.bazel", "exec"),  # pylint: disable=exec-used
             {"__builtins__": {"True": True, "False": False, "None": None}, **_stubs(result)})
    except Exception as error:  # pylint: disable=broad-except
        result.error = f"{type(error).__name__}: {error}"
    return result


def _stubs(result):
    called = []

    def module(*, name="", version="", compatibility_level=0, repo_name="",
               bazel_compatibility=()):
        del repo_name
        _require(not called, "module() must be the first call, once")
        called.append("module")
        _require(_NAME.fullmatch(name), f"no valid module name: {name!r}")
        _require(_VERSION.fullmatch(version), f"no valid version: {version!r}")
        for each in bazel_compatibility:
            _require(_COMPATIBILITY.fullmatch(each), f"no valid bazel_compatibility: {each!r}")
        result.name, result.version = name, version
        result.compatibility_level = compatibility_level

    def bazel_dep(*, name, version="", max_compatibility_level=-1, repo_name="",
                  dev_dependency=False):
        del max_compatibility_level
        called.append("bazel_dep")
        _require(_NAME.fullmatch(name), f"no valid module name: {name!r}")
        _require(not version or _VERSION.fullmatch(version), f"no valid version: {version!r}")
        _require(isinstance(dev_dependency, bool), "dev_dependency is True or False")
        repository = repo_name or name
        _require(repository not in result.dependencies, f"{repository} is declared twice")
        result.dependencies[repository] = Dependency(version, dev_dependency)

    def override(kind, *required, **optional):

        def call(*, module_name, **arguments):
            called.append(kind)
            for each in required:
                _require(each in arguments, f"{kind}() needs {each}")
            for each in arguments:
                _require(each in required or each in optional, f"{kind}() has no {each}")
            _require(module_name not in result.overrides, f"{module_name} is overridden twice")
            result.overrides[module_name] = (kind, arguments)

        return call

    patches = {"patches": [], "patch_cmds": [], "patch_strip": 0}

    def use_extension(bzl_file, name, *, dev_dependency=False, isolate=False):
        del bzl_file, name, dev_dependency, isolate
        called.append("use_extension")
        return _Proxy()

    def use_repo(proxy, *names, **renamed):
        _require(isinstance(proxy, _Proxy), "use_repo() takes what use_extension() returned")
        del names, renamed

    def register(*labels, dev_dependency=False):
        del dev_dependency
        _require(all(isinstance(each, str) for each in labels), "labels are strings")

    return {
        "module": module,
        "bazel_dep": bazel_dep,
        "local_path_override": override("local_path_override", "path"),
        "single_version_override": override("single_version_override", version="", registry="",
                                            **patches),
        "multiple_version_override": override("multiple_version_override", "versions",
                                              registry=""),
        "archive_override": override("archive_override", "urls", integrity="", strip_prefix="",
                                     **patches),
        "git_override": override("git_override", "remote", commit="", tag="", branch="",
                                 init_submodules=False, strip_prefix="", **patches),
        "use_extension": use_extension,
        "use_repo": use_repo,
        "register_toolchains": register,
        "register_execution_platforms": register,
        "include": register,
    }


class _Proxy:
    """An extension: any tag class of it may be called."""

    def __getattr__(self, name):
        return lambda **arguments: None


def _require(condition, message):
    if not condition:
        raise ValueError(message)

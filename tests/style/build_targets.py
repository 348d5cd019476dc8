"""BUILD files: one header per library, private by default, public targets on a list."""

from allow_list import AllowList
from build_file import BuildFile, label_of
from finding import Finding
from tree import directory_of, is_build_file

_LIBRARY_DIRECTORIES = ("disruptor/", "affinity/")
_PUBLIC = "//visibility:public"
_PRIVATE = ["//visibility:private"]
_LOADED_KINDS = ("cc_", "sh_", "py_", "java_")
_LEAKING = ("copts", "defines", "includes", "strip_include_prefix", "include_prefix")


def check(tree):
    public = AllowList(tree, "public_targets")
    found, public_labels = [], []
    for path in tree.paths():
        if not is_build_file(path) or path.startswith("third_party/"):
            continue
        build = BuildFile(tree.text(path))
        found += _package_problems(path, build)
        for rule in build.rules:
            label = label_of(directory_of(path), rule.name)
            found += _load_problems(path, build, rule)
            if _is_public(rule):
                public_labels.append(label)
                found += _public_problems(path, rule, label, public)
            if rule.kind == "cc_library" and path.startswith(_LIBRARY_DIRECTORIES):
                found += _library_problems(path, rule, label)
    return found + public.problems(public_labels)


def _is_public(rule):
    return _PUBLIC in (rule.attributes.get("visibility") or ())


def _package_problems(path, build):
    if not build.rules or build.default_visibility == _PRIVATE:
        return []
    return [Finding(path, 1, f"default_visibility is {build.default_visibility}",
                    "targets are private unless they say otherwise",
                    'write package(default_visibility = ["//visibility:private"])')]


def _load_problems(path, build, rule):
    if not rule.kind.startswith(_LOADED_KINDS) or rule.kind in build.loads:
        return []
    language = rule.kind.split("_")[0]
    repository = "rules_shell//shell" if language == "sh" else f"rules_{language}//{language}"
    return [Finding(path, rule.line, f"{rule.kind} without a load",
                    "every rule is loaded: Bazel 9 has none built in",
                    f'load("@{repository}:{rule.kind}.bzl", "{rule.kind}")')]


def _public_problems(path, rule, label, public):
    found = []
    if label not in public.entries:
        found.append(Finding(
            path, rule.line, f"{label} is public",
            f"public targets are the API and are listed in {public.path}",
            "narrow the visibility, or add the label to the list with what users do with it"))
    for attribute in _LEAKING:
        if attribute in rule.attributes:
            found.append(Finding(
                path, rule.line, f"{attribute} on the public target {label}",
                "public targets change nothing in the builds of those who use them",
                "put the flag into .bazelrc; make options template parameters"))
    return found


def _library_problems(path, rule, label):
    headers = rule.attributes.get("hdrs", [])
    if headers is None:
        return [Finding(path, rule.line, f"hdrs of {label} is not a plain list",
                        "the headers of a library are spelled out", "name the header")]
    if len(headers) > 1:
        return [Finding(path, rule.line, f"{label} has {len(headers)} headers",
                        "one target per concept: at most one header in hdrs",
                        "make a cc_library for each header")]
    return []

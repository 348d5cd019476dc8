"""The checks that keep the system mode (Bazel 4.2.3) and the registry mode (7 to 9) equal.

Each takes the files as a dictionary from path to text, and returns sentences that say what is
wrong and where. docs: CONTRIBUTING.md, "Two dependency modes".
"""

import re

import build_packages
import module_file
from tables import (BAZEL_4_ONLY, BUILT_IN, FORBIDDEN_LIBRARY_ATTRIBUTES, LIBRARY_LINKOPTS,
                    OPTIONS_OF_ALL_VERSIONS, VERSIONS)

STAND_INS = "third_party/debian/"


def packages(files, prefix="", excluded=()):
    """The packages below `prefix`, by their path from there."""
    found = {}
    for path in sorted(files):
        directory, _, name = path.rpartition("/")
        if (name == "BUILD.bazel" and path.startswith(prefix) and
                not path.startswith(tuple(excluded))):
            below = directory[len(prefix):]
            found[below] = build_packages.evaluate(directory, files[path])
    return found


def own_packages(files):
    """The packages of this workspace: what .bazelignore names is of others."""
    others = [STAND_INS + each + "/" for each in stand_ins(files)] + ["e2e/"]
    return packages(files, excluded=others)


def stand_ins(files):
    """The repositories that have a folder of their own."""
    return sorted({path[len(STAND_INS):].split("/")[0] for path in files
                   if path.startswith(STAND_INS) and "/" in path[len(STAND_INS):]})


def check_build_files(files):
    return [f"//{package.path}: {package.error}"
            for package in own_packages(files).values() if package.error]


def check_module_file(files, path="MODULE.bazel"):
    module = module_file.evaluate(files[path])
    if module.error:
        return [f"{path}: {module.error}"]
    findings = []
    if module.compatibility_level:
        findings.append(f"{path}: no compatibility_level: two levels in one graph cannot be built")
    for name, dependency in module.dependencies.items():
        if name not in module.overrides and dependency.version != VERSIONS.get(name):
            findings.append(f"{path}: {name} {dependency.version}, but tests/modules/tables.py "
                            f"has {VERSIONS.get(name)}")
    return findings


def check_same_repositories(files):
    """Every stand-in is a module that we depend on, and the other way round."""
    modules = set(module_file.evaluate(files["MODULE.bazel"]).dependencies)
    folders = set(stand_ins(files))
    findings = [f"{STAND_INS}{each} stands in for no bazel_dep"
                for each in sorted(folders - modules - BAZEL_4_ONLY)]
    findings += [f"MODULE.bazel: {each} has no stand-in in {STAND_INS}"
                 for each in sorted(modules - folders - set(BUILT_IN))]
    listed = set(re.findall(r'^\s+"([^"]+)",$', files[STAND_INS + "repositories.bzl"], re.M))
    findings += [f"{STAND_INS}repositories.bzl and the folders beside it differ in {each}"
                 for each in sorted(listed ^ folders)]
    ignored = set(files[".bazelignore"].split())
    findings += [f".bazelignore lacks {each}, which would become packages of ours"
                 for each in sorted({STAND_INS + name for name in folders} | {"e2e"})
                 if each not in ignored]
    return findings


def check_labels(files):
    """Every external label exists in both modes, and none of a dev dependency leaks."""
    module = module_file.evaluate(files["MODULE.bazel"])
    declared = {name: packages(files, f"{STAND_INS}{name}/") for name in stand_ins(files)}
    findings = []
    for package in own_packages(files).values():
        is_public = any(package.is_public(target) for target in package.targets.values()
                        if target.rule not in ("filegroup", "source file"))
        for repository, path, target, is_load in build_packages.external_labels(package):
            label = f"@{repository}//{path}:{target}"
            dependency = module.dependencies.get(repository)
            if dependency is None:
                findings.append(f"//{package.path}: {label} is of no bazel_dep in MODULE.bazel")
            elif dependency.is_dev and is_public:
                findings.append(f"//{package.path}: {label} is of a dev dependency, which users "
                                "of the public targets here do not have")
            if repository in BUILT_IN:
                exists = f"{path}:{target}" in BUILT_IN[repository]
            elif is_load:
                exists = f"{STAND_INS}{repository}/{path}/{target}" in files
            else:
                found = declared.get(repository, {}).get(path)
                exists = found is not None and target in found.targets
            if not exists:
                findings.append(f"//{package.path}: {label} is not declared in {STAND_INS}")
    return findings


def check_options(files):
    """Outside a named configuration only options that all versions know."""
    return [finding for path in (".bazelrc", "e2e/.bazelrc")
            for finding in _check_options_of(path, files[path])]


def _check_options_of(path, text):
    findings = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split("#")[0].split()
        if not words or words[0] in ("import", "try-import") or ":" in words[0]:
            continue
        if words[0] == "common":
            findings.append(f"{path}:{number}: 4.2.3 refuses `common` options that a command lacks")
        for word in words[1:]:
            option = word.partition("=")[0]
            name = option[2:] if option.startswith("--") else ""
            if name not in OPTIONS_OF_ALL_VERSIONS and (not name.startswith("no") or
                                                        name[2:] not in OPTIONS_OF_ALL_VERSIONS):
                findings.append(f"{path}:{number}: {word} is not among the options that 4.2.3 and "
                                "7 to 9 all know (tests/modules/tables.py)")
    return findings


def check_libraries(files):
    """Nothing that changes how a consumer compiles or links."""
    findings = []
    for package in own_packages(files).values():
        for target in package.targets.values():
            if target.rule != "cc_library":
                continue
            findings += [f"//{package.path}:{target.name} has {each}"
                         for each in FORBIDDEN_LIBRARY_ATTRIBUTES if each in target.attributes]
            findings += [f"//{package.path}:{target.name} has the linker option {each}"
                         for each in build_packages.strings(target.attributes.get("linkopts", []))
                         if each not in LIBRARY_LINKOPTS]
    return findings


def check_forbidden_files(files):
    """Files by which Debian's Bazel would be sent elsewhere, or that cannot be made here."""
    findings = [f"{path} must not exist" for path in
                (".bazelversion", "tools/bazel", "MODULE.bazel.lock", "e2e/MODULE.bazel.lock")
                if path in files]
    for path in ("WORKSPACE.bzlmod", "e2e/WORKSPACE.bzlmod"):
        if path not in files:
            findings.append(f"{path} is missing: Bazel 7 would evaluate WORKSPACE")
        elif any(line and not line.startswith("#") for line in files[path].splitlines()):
            findings.append(f"{path} must stay empty: it keeps WORKSPACE out of Bazel 7")
    return findings


def check_outside_consumer(files):
    """e2e/ depends on this tree alone and on nothing in another version."""
    module = module_file.evaluate(files["e2e/MODULE.bazel"])
    findings = check_module_file(files, "e2e/MODULE.bazel")
    kind, arguments = module.overrides.get("pinwheel", ("nothing", {}))
    if kind != "local_path_override" or arguments.get("path") != "..":
        findings.append("e2e/MODULE.bazel: pinwheel must be the tree around it")
    package = build_packages.evaluate("e2e", files["e2e/BUILD.bazel"])
    if package.error:
        findings.append(f"//e2e: {package.error}")
    findings += [f"e2e/BUILD.bazel: @{repository} is of no bazel_dep in e2e/MODULE.bazel"
                 for repository, _, _, _ in build_packages.external_labels(package)
                 if repository not in module.dependencies]
    own = own_packages(files)
    for repository, path, target, _ in build_packages.external_labels(package):
        if repository == "pinwheel" and (path not in own or target not in own[path].targets or
                                         not own[path].is_public(own[path].targets[target])):
            findings.append(f"e2e/BUILD.bazel: @pinwheel//{path}:{target} is no public target")
    return findings


ALL = (
    check_build_files,
    check_module_file,
    check_same_repositories,
    check_labels,
    check_options,
    check_libraries,
    check_forbidden_files,
    check_outside_consumer,
)

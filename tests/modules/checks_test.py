#!/usr/bin/env -S python3 -B
"""Every check reports a tree that breaks its rule, and none reports a sound one."""

import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import build_packages  # pylint: disable=wrong-import-position
import checks  # pylint: disable=wrong-import-position

_CC_LIBRARY = 'load("@rules_cc//cc:cc_library.bzl", "cc_library")\n'

_SOUND = {
    ".bazelignore": "e2e\nthird_party/debian/googletest\nthird_party/debian/numactl\n"
                    "third_party/debian/rules_cc\nthird_party/debian/rules_java\n",
    ".bazelrc": "# comment\nbuild --cxxopt=-std=c++20 --nosandbox_debug\n"
                "build:bzlmod --lockfile_mode=off\ntry-import %workspace%/user.bazelrc\n",
    "WORKSPACE": "workspace(name = 'pinwheel')\n",
    "WORKSPACE.bzlmod": "# empty on purpose\n",
    "MODULE.bazel":
        '"""A module."""\n'
        'module(name = "pinwheel", version = "0.1.0", bazel_compatibility = [">=7.2.1"])\n'
        'bazel_dep(name = "numactl", version = "2.0.19.bcr.1")\n'
        'bazel_dep(name = "rules_cc", version = "0.2.8")\n'
        'bazel_dep(name = "platforms", version = "1.0.0")\n'
        'bazel_dep(name = "googletest", version = "1.17.0.bcr.2", dev_dependency = True)\n',
    "third_party/debian/repositories.bzl":
        '_MODULES = [\n    "googletest",\n    "numactl",\n    "rules_cc",\n    "rules_java",\n]\n',
    "third_party/debian/numactl/BUILD.bazel":
        _CC_LIBRARY + 'cc_library(name = "numa", visibility = ["//visibility:public"])\n',
    "third_party/debian/googletest/BUILD.bazel": _CC_LIBRARY + 'cc_library(name = "gtest")\n',
    "third_party/debian/rules_cc/cc/BUILD.bazel": "",
    "third_party/debian/rules_cc/cc/cc_library.bzl": "cc_library = native.cc_library\n",
    "third_party/debian/rules_cc/cc/cc_test.bzl": "cc_test = native.cc_test\n",
    "third_party/debian/rules_java/BUILD.bazel": "",
    "affinity/BUILD.bazel":
        _CC_LIBRARY +
        'cc_library(name = "memory", hdrs = ["memory.h"], linkopts = ["-pthread"],\n'
        '           target_compatible_with = ["@platforms//os:linux"],\n'
        '           deps = ["@numactl//:numa"], visibility = ["//visibility:public"])\n',
    "tests/affinity/BUILD.bazel":
        'load("@rules_cc//cc:cc_test.bzl", "cc_test")\n'
        '[cc_test(name = each, copts = ["-O0"], deps = ["@googletest//:gtest"])\n'
        ' for each in ["a_test", "b_test"]]\n',
    "e2e/.bazelrc": "test --test_output=errors\n",
    "e2e/WORKSPACE.bzlmod": "",
    "e2e/MODULE.bazel":
        'module(name = "service", version = "0.1.0")\n'
        'bazel_dep(name = "pinwheel", version = "0.1.0")\n'
        'bazel_dep(name = "rules_cc", version = "0.2.8")\n'
        'local_path_override(module_name = "pinwheel", path = "..")\n',
    "e2e/BUILD.bazel":
        _CC_LIBRARY + 'cc_library(name = "x", deps = ["@pinwheel//affinity:memory"])\n',
}


def sound_but(path, old="", new="", text=None):
    """The sound tree with one file changed, added, or (text "gone") taken away."""
    files = dict(_SOUND)
    if text == "gone":
        del files[path]
    elif text is not None:
        files[path] = text
    else:
        assert old in files[path], f"{path} has no {old}"
        files[path] = files[path].replace(old, new)
    return files


class ChecksTest(unittest.TestCase):

    def reports(self, check, fragment, files):
        findings = check(files)
        self.assertTrue(any(fragment in each for each in findings),
                        f"{check.__name__} says {findings}, not {fragment!r}")

    def test_the_sound_tree_is_sound(self):
        for check in checks.ALL:
            self.assertEqual(check(_SOUND), [], check.__name__)

    def test_misspelt_and_wrong_module_calls(self):
        for old, new, fragment in (
                ('version = "0.2.8"', 'verison = "0.2.8"', "verison"),
                ("dev_dependency = True", 'dev_dependency = "yes"', "dev_dependency"),
                ('">=7.2.1"', '"7.2.1"', "bazel_compatibility"),
                ('name = "rules_cc"', 'name = "Rules_cc"', "no valid module name"),
                ('name = "rules_cc"', 'name = "numactl"', "declared twice"),
                ("bazel_dep(", "bazel_deb(", "bazel_deb"),
                ('"""A module."""\n', 'bazel_dep(name = "zlib")\n', "first call"),
                ('version = "0.1.0",', 'version = "0.1.0", compatibility_level = 1,', "two levels"),
        ):
            self.reports(checks.check_module_file, fragment, sound_but("MODULE.bazel", old, new))

    def test_another_version_than_the_table(self):
        self.reports(checks.check_module_file, "numactl 2.0.20",
                     sound_but("MODULE.bazel", "2.0.19.bcr.1", "2.0.20"))
        self.reports(checks.check_outside_consumer, "rules_cc 0.2.9",
                     sound_but("e2e/MODULE.bazel", "0.2.8", "0.2.9"))

    def test_repositories_that_only_one_mode_has(self):
        self.reports(checks.check_same_repositories, "stands in for no bazel_dep",
                     sound_but("third_party/debian/hwloc/BUILD.bazel", text=""))
        self.reports(checks.check_same_repositories, "zlib has no stand-in",
                     sound_but("MODULE.bazel", "numactl", "zlib"))
        self.reports(checks.check_same_repositories, "differ in numactl",
                     sound_but("third_party/debian/repositories.bzl", '    "numactl",\n', ""))
        self.reports(checks.check_same_repositories, "lacks third_party/debian/numactl",
                     sound_but(".bazelignore", "third_party/debian/numactl\n"))

    def test_labels_that_do_not_exist(self):
        for new, fragment in (("@numactl//:numb", "@numactl//:numb is not declared"),
                              ("@numactl//lib:numa", "@numactl//lib:numa is not declared"),
                              ("@numactl", "@numactl//:numactl is not declared"),
                              ("@hwloc//:hwloc", "no bazel_dep")):
            self.reports(checks.check_labels, fragment,
                         sound_but("affinity/BUILD.bazel", "@numactl//:numa", new))
        self.reports(checks.check_labels, "cc:cc_shared.bzl is not declared",
                     sound_but("affinity/BUILD.bazel", "cc_library.bzl", "cc_shared.bzl"))
        self.reports(checks.check_labels, "@platforms//:incompatible",
                     sound_but("affinity/BUILD.bazel", "os:linux", ":incompatible"))

    def test_a_label_inside_select(self):
        self.reports(checks.check_labels, "@numactl//:numb", sound_but(
            "affinity/BUILD.bazel", '["@numactl//:numa"]',
            '[] + select({"@platforms//os:linux": ["@numactl//:numb"], '
            '"//conditions:default": []})'))

    def test_a_dev_dependency_beside_public_targets(self):
        self.reports(checks.check_labels, "dev dependency",
                     sound_but("affinity/BUILD.bazel", "@numactl//:numa", "@googletest//:gtest"))

    def test_a_rule_without_its_load(self):
        self.reports(checks.check_build_files, "'cc_library' is not defined",
                     sound_but("affinity/BUILD.bazel", _CC_LIBRARY))
        self.reports(checks.check_build_files, "'sh_test' is not defined",
                     sound_but("tests/BUILD.bazel", text='sh_test(name = "x")\n'))
        self.reports(checks.check_outside_consumer, "'cc_library' is not defined",
                     sound_but("e2e/BUILD.bazel", _CC_LIBRARY))

    def test_options_that_not_all_versions_know(self):
        for line, fragment in (("build --lockfile_mode=off", "--lockfile_mode=off"),
                               ("build --noenable_bzlmod", "--noenable_bzlmod"),
                               ("build -c opt", "-c"),
                               ("common --copt=-g", "`common`")):
            self.reports(checks.check_options, fragment,
                         sound_but(".bazelrc", "# comment", line))
        self.reports(checks.check_options, "e2e/.bazelrc:1: --test_outputs=all",
                     sound_but("e2e/.bazelrc", text="test --test_outputs=all\n"))

    def test_libraries_that_leak_into_their_users(self):
        for attribute in ("copts", "defines", "includes", "strip_include_prefix"):
            self.reports(checks.check_libraries, f"memory has {attribute}", sound_but(
                "affinity/BUILD.bazel", "hdrs =", f'{attribute} = ["x"], hdrs ='))
        self.reports(checks.check_libraries, "linker option -Wl,-init,f",
                     sound_but("affinity/BUILD.bazel", "-pthread", "-Wl,-init,f"))

    def test_files_that_send_bazel_elsewhere(self):
        for path in (".bazelversion", "tools/bazel", "MODULE.bazel.lock"):
            self.reports(checks.check_forbidden_files, path, sound_but(path, text="7.7.1\n"))
        self.reports(checks.check_forbidden_files, "WORKSPACE.bzlmod is missing",
                     sound_but("WORKSPACE.bzlmod", text="gone"))
        self.reports(checks.check_forbidden_files, "must stay empty",
                     sound_but("WORKSPACE.bzlmod", text="workspace()\n"))

    def test_a_consumer_that_is_none(self):
        self.reports(checks.check_outside_consumer, "must be the tree around it",
                     sound_but("e2e/MODULE.bazel", '".."', '"../other"'))
        self.reports(checks.check_outside_consumer, "@pinwheel//affinity:memory is no public",
                     sound_but("affinity/BUILD.bazel", "visibility:public", "visibility:private"))
        self.reports(checks.check_outside_consumer, "@numactl is of no bazel_dep",
                     sound_but("e2e/BUILD.bazel", "@pinwheel//affinity:memory", "@numactl//:numa"))

    def test_splits_labels(self):
        self.assertEqual(build_packages.split_label("@a//b/c:d"), ("a", "b/c", "d"))
        self.assertEqual(build_packages.split_label("@a//b/c"), ("a", "b/c", "c"))
        self.assertEqual(build_packages.split_label("@a"), ("a", "", "a"))


if __name__ == "__main__":
    unittest.main()

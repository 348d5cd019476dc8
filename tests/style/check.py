#!/usr/bin/env -S python3 -B
"""Runs the checks that keep the tree honest: tests/style/check.py [NAME...], from the root.

Each failure names file:line, what was found, the rule and the fix. docs/style.md tells the rules.
"""

import argparse
import importlib
import os
import sys

from tree import Tree

# Checks of the files that Bazel hands to the test.
CHECKS = (
    "build_targets",
    "changelog",
    "documentation",
    "edge_labels",
    "forbidden_words",
    "header_guards",
    "header_list",
    "include_cycles",
    "layering",
    "line_rules",
    "memory_order",
)
# A package that hands over nothing can only be seen in the checkout itself.
CHECKOUT_CHECKS = ("package_sources",)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME",
                        help="checks to run (default: all of " +
                        ", ".join(CHECKS + CHECKOUT_CHECKS) + ")")
    names = parser.parse_args().names or CHECKS + CHECKOUT_CHECKS
    unknown = [name for name in names if name not in CHECKS + CHECKOUT_CHECKS]
    if unknown:
        parser.error("no such check: " + ", ".join(unknown))
    if not os.path.exists("MODULE.bazel"):
        sys.exit("MODULE.bazel is not here: run this in the root of the tree")
    failures = sum(_run(name) for name in names)
    if failures:
        sys.exit(f"\n{failures} failures")


def _run(name):
    """Prints what the check finds and returns the number of failures."""
    root = _checkout() if name in CHECKOUT_CHECKS else "."
    tree = Tree.from_directory(root)
    if not tree.paths():
        sys.exit(f"{name}: no files to check in {os.path.abspath(root)}")
    findings = importlib.import_module(name).check(tree)
    for finding in findings:
        print(finding)
    failures = sum(1 for finding in findings if not finding.is_warning)
    print(f"{name}: {len(tree.paths())} files, {failures} failures, "
          f"{len(findings) - failures} warnings")
    return failures


def _checkout():
    """The directory that the links in a test's runfiles lead to, or the current one."""
    root = os.path.dirname(os.path.realpath("MODULE.bazel"))
    runfiles = os.environ.get("TEST_SRCDIR")
    if runfiles and root.startswith(os.path.realpath(runfiles)):
        sys.exit("the checkout cannot be seen from here: run this test on the machine that has it")
    return root


if __name__ == "__main__":
    main()

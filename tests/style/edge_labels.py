"""Every release/acquire edge is labelled at both ends, and the labels agree with each other.

A site is a `//` comment, behind code or on a line above it, that starts with

    E<number> release -> <Name>     at the write that publishes
    E<number> acquire <- <Name>     at the read that pairs with it

with one space after the slashes, where <Name> is the function at the other end (Class::Function).
Anything may follow; more edges of the same operation follow in the same line and form. Numbers are
unique in the tree. Rows under ORDERING in a class comment, and labels further inside a comment,
describe edges; they are no sites, but may only name edges that have sites.
"""

import re

from cpp_text import code_of
from edge_sites import scan
from finding import Finding
from ordered_calls import unlabelled_calls

_UNDER = ("disruptor/", "affinity/")


def check(tree):
    sites, mentions, found = [], [], []
    for path in tree.paths(".h", ".cc", under=_UNDER):
        text = tree.text(path)
        file_sites, file_mentions, malformed = scan(path, text)
        sites += file_sites
        mentions += file_mentions
        found += malformed
        found += _unlabelled(path, text, {site.line for site in file_sites})
    return found + _unpaired(sites) + _undefined(sites, mentions) + _misnamed(tree, sites)


def _unlabelled(path, text, labelled_lines):
    return [
        Finding(path, line, f"{name}() without a label",
                "every acquire or release operation names its edge on its line or right above",
                "add '// E<number> release -> Class::Function' or '// E<number> acquire <- ...'")
        for line, name in unlabelled_calls(text, labelled_lines)
    ]


def _unpaired(sites):
    found = []
    for label in sorted({site.label for site in sites}):
        ends = [site for site in sites if site.label == label]
        for is_release, missing, arrow in ((True, "release", "->"), (False, "acquire", "<-")):
            if not any(site.is_release == is_release for site in ends):
                found.append(Finding(
                    ends[0].path, ends[0].line, f"{label} has no {missing} site",
                    "every edge is labelled at both ends: a release site and an acquire site",
                    f"label the {missing} side '// {label} {missing} {arrow} Class::Function', or "
                    "drop this label if the edge is gone"))
    return found


def _undefined(sites, mentions):
    known = {site.label for site in sites}
    return [
        Finding(mention.path, mention.line, f"{mention.label} is described here and has no site",
                "a comment describes only edges that exist in the code",
                "label the two ends of the edge, or correct the number")
        for mention in mentions if mention.label not in known
    ]


def _misnamed(tree, sites):
    """Names that no file at the other end knows: what a renaming leaves behind."""
    found = []
    for site in sites:
        far = sorted({other.path for other in sites
                      if other.label == site.label and other.is_release != site.is_release})
        if far and not any(_knows(tree.text(path), site.name) for path in far):
            found.append(Finding(
                site.path, site.line,
                f"{site.label} names '{site.name}', which is not in {', '.join(far)}",
                "a label names the function at the other end of its edge",
                "name the function that holds the other site"))
    return found


def _knows(text, name):
    code = code_of(text)
    return all(re.search(rf"\b{part}\b", code) for part in re.findall(r"\w+", name))

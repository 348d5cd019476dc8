"""Proves that headers compile alone: each one first in a file of its own, and twice."""

load("@rules_cc//cc:cc_library.bzl", "cc_library")
load("@rules_cc//cc:cc_test.bzl", "cc_test")

_COPTS = ["-Wall", "-Wextra", "-Werror"]

def _including_file_impl(ctx):
    out = ctx.actions.declare_file(ctx.label.name + ".cc")
    lines = ["#include \"%s\"" % header for header in ctx.attr.headers]
    ctx.actions.write(out, "\n".join(lines + ctx.attr.code) + "\n")
    return [DefaultInfo(files = depset([out]))]

_including_file = rule(
    implementation = _including_file_impl,
    doc = "Writes a .cc file that includes `headers` in this order, followed by `code`.",
    attrs = {
        "code": attr.string_list(),
        "headers": attr.string_list(),
    },
)

def headers_test(name, headers):
    """One translation unit for each header, and one that includes them all.

    A unit sees only what the header's own target exports, so a missing include and a missing
    dependency both fail. All units are linked into one program: a definition that is not inline
    would be there twice.

    Args:
      name: name of the test.
      headers: dictionary from the path of a header to the label of its target.
    """
    units = []
    for header, label in headers.items():
        unit = header.replace("/", "_").replace(".", "_")
        units.append(unit)
        _including_file(
            name = unit + "_unit",
            testonly = True,
            headers = [header, header],
            tags = ["manual"],
        )
        cc_library(
            name = unit,
            testonly = True,
            srcs = [unit + "_unit"],
            copts = _COPTS,
            linkstatic = True,
            # Built for the test only: `bazel build //...` would compile it in two ways.
            tags = ["manual"],
            deps = [label],
            alwayslink = True,
        )

    _including_file(
        name = name + "_all",
        testonly = True,
        code = ["int main() { return 0; }"],
        headers = headers.keys(),
    )
    cc_test(
        name = name,
        size = "small",
        srcs = [name + "_all"],
        copts = _COPTS,
        linkstatic = True,
        # The labels once each: one target may export several headers.
        deps = units + {label: True for label in headers.values()}.keys(),
    )

"""cc_library under the file name that the registry module uses."""

load(":defs.bzl", _cc_library = "cc_library")

cc_library = _cc_library

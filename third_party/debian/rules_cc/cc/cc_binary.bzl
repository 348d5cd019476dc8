"""cc_binary under the file name that the registry module uses."""

load(":defs.bzl", _cc_binary = "cc_binary")

cc_binary = _cc_binary

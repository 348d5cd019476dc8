"""cc_test under the file name that the registry module uses."""

load(":defs.bzl", _cc_test = "cc_test")

cc_test = _cc_test

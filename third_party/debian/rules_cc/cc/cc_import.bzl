"""cc_import under the file name that the registry module uses."""

load(":defs.bzl", _cc_import = "cc_import")

cc_import = _cc_import

"""Debian's packages under the names of the registry's modules, for Bazel 4.2.3 without network."""

_MODULES = [
    "abseil-cpp",
    "google_benchmark",
    "googletest",
    "nlohmann_json",
    "numactl",
    "remote_coverage_tools",
    "rules_cc",
    "rules_java",
    "rules_shell",
    "zlib",
]

def debian_repositories(prefix = ""):
    """Declares every stand-in.

    Args:
      prefix: where the Pinwheel tree is, seen from the caller's workspace, with a closing slash.
    """
    for module in _MODULES:
        native.local_repository(
            name = module,
            path = prefix + "third_party/debian/" + module,
        )

"""What the two modes are measured against. A change here is a decision, not a formality."""

# The lowest registry version of each module that works, together with the others, in one graph:
# newer Abseil or GoogleTest have another compatibility level, which Bazel before 8.6 refuses.
VERSIONS = {
    "abseil-cpp": "20250814.1",
    "google_benchmark": "1.9.5",
    "googletest": "1.17.0.bcr.2",
    "nlohmann_json": "3.12.0.bcr.2",
    "numactl": "2.0.19.bcr.1",
    "platforms": "1.0.0",
    "rules_cc": "0.2.8",
    "rules_shell": "0.4.1",
    "zlib": "1.3.1.bcr.8",
}

# Stand-ins that only Bazel 4.2.3 asks for, in files of its own.
BAZEL_4_ONLY = {"remote_coverage_tools", "rules_java"}

# Repositories that Bazel 4.2.3 brings along, with the targets that it and the registry share.
BUILT_IN = {
    "platforms": {"os:linux", "cpu:x86_64", "cpu:aarch64"},
}

# Options that 4.2.3 and 7 to 9 all know, so that they may stand outside a named configuration.
# An unknown option in an active line of .bazelrc is a hard error.
OPTIONS_OF_ALL_VERSIONS = {
    "build_tests_only", "compilation_mode", "copt", "cxxopt", "features", "host_copt",
    "host_cxxopt", "host_linkopt", "incompatible_disallow_empty_glob",
    "incompatible_strict_action_env", "jobs", "linkopt", "local_test_jobs", "per_file_copt",
    "sandbox_debug", "sandbox_default_allow_network", "strip", "test_env", "test_output",
    "test_summary", "test_tag_filters", "test_verbose_timeout_warnings",
}

# What a library must not hand on to whoever depends on it, or must not need.
FORBIDDEN_LIBRARY_ATTRIBUTES = (
    "copts", "defines", "include_prefix", "includes", "strip_include_prefix",
)
LIBRARY_LINKOPTS = {"-pthread", "-lrt"}

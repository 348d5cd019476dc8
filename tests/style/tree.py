"""The files that the checks look at: a directory on disk, or a dictionary in a unit test."""

import os

# Never part of the tree: what Bazel, git and Python leave behind.
_SKIPPED_DIRECTORIES = {".git", "node_modules", "__pycache__"}


class Tree:
    """Files by their path from the root, with `/` between the parts."""

    def __init__(self, files, unseen=()):
        """`files` maps a path to text, bytes or a function that returns bytes; `unseen` lists
        directories that belong to the project but are not readable from here."""
        self._files = dict(files)
        self.unseen = tuple(unseen)

    @classmethod
    def from_directory(cls, root):
        """The tree at `root`: a checkout, or the runfiles of a test."""
        unseen = _ignored_by_bazel(root)
        files = {}
        for directory, children, names in os.walk(root):
            here = os.path.relpath(directory, root).replace(os.sep, "/")
            prefix = "" if here == "." else here + "/"
            children[:] = sorted(
                child for child in children
                if child not in _SKIPPED_DIRECTORIES and prefix + child not in unseen and
                not (prefix == "" and child.startswith("bazel-")))
            for name in sorted(names):
                if prefix or not name.startswith("bazel-"):
                    files[prefix + name] = _reader(os.path.join(directory, name))
        return cls(files, unseen)

    def paths(self, *suffixes, under=()):
        """Sorted paths that end with one of `suffixes` and start with one of `under`; an empty
        tuple means all of them."""
        return [
            path for path in sorted(self._files)
            if (not suffixes or path.endswith(suffixes)) and (not under or path.startswith(under))
        ]

    def has_file(self, path):
        return path in self._files

    def has_directory(self, path):
        return path in ("", ".") or any(file.startswith(path + "/") for file in self._files)

    def is_unseen(self, path):
        """True for what lies below a directory that only a full checkout shows."""
        return any(path == place or path.startswith(place + "/") for place in self.unseen)

    def data(self, path):
        content = self._files[path]
        if callable(content):
            content = self._files[path] = content()
        return content.encode() if isinstance(content, str) else content

    def text(self, path):
        return self.data(path).decode("utf-8", errors="replace")

    def lines(self, path):
        """Numbered lines, without their ends."""
        return list(enumerate(self.text(path).split("\n"), start=1))


def is_build_file(path):
    return path.rsplit("/", 1)[-1] == "BUILD.bazel"


def directory_of(path):
    return path.rpartition("/")[0]


def _reader(path):

    def read():
        with open(path, "rb") as file:
            return file.read()

    return read


def _ignored_by_bazel(root):
    try:
        with open(os.path.join(root, ".bazelignore"), encoding="utf-8") as file:
            return tuple(line.strip() for line in file if line.strip())
    except FileNotFoundError:
        return ()

"""Neither files nor directories include each other in a circle."""

import layers
from cpp_text import includes_of
from finding import Finding
from tree import directory_of


def check(tree):
    files, directories = {}, {}
    for path in tree.paths(".h", ".cc"):
        for line, target, _, _ in includes_of(tree.text(path)):
            if not tree.has_file(target) or _is_test_hook(path, target):
                continue
            files.setdefault(path, {})[target] = (path, line)
            ends = directory_of(path), directory_of(target)
            if ends[0] != ends[1]:
                directories.setdefault(ends[0], {}).setdefault(ends[1], (path, line))
    return _report(files, "files") + _report(directories, "directories")


def _is_test_hook(path, target):
    return path == layers.TEST_HOOK and target.startswith(layers.TEST_HOOK_MAY_INCLUDE)


def _report(graph, what):
    found = []
    for cycle in _cycles(graph):
        edges = [graph[start][end] for start, end in zip(cycle, cycle[1:])]
        places = ", ".join(f"{path}:{line}" for path, line in edges[1:])
        path, line = edges[0]
        found.append(Finding(
            path, line, "a circle of includes: " + " -> ".join(cycle) +
            (f" (further at {places})" if places else ""),
            f"{what} do not include each other in a circle",
            "move what both ends need to a third place below them"))
    return found


def _cycles(graph):
    """One circle for each back edge of a depth-first walk, as a list that ends where it starts."""
    done = set()
    cycles = []
    for root in sorted(graph):
        if root in done:
            continue
        trail = [root]
        pending = [iter(sorted(graph[root]))]
        while trail:
            following = next(pending[-1], None)
            if following is None:
                done.add(trail.pop())
                pending.pop()
            elif following in trail:
                cycles.append(trail[trail.index(following):] + [following])
            elif following not in done:
                trail.append(following)
                pending.append(iter(sorted(graph.get(following, {}))))
    return cycles

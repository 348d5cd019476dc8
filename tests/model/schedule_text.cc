#include "tests/model/schedule_text.h"

#include <cstdint>
#include <cstdio>

namespace model {
namespace {

const char* NameOf(EventKind kind) {
  switch (kind) {
    case EventKind::kLoad:
      return "load";
    case EventKind::kStore:
      return "store";
    case EventKind::kReadModifyWrite:
      return "update";
    case EventKind::kFence:
      return "fence";
    case EventKind::kLightBarrier:
      return "light barrier";
    case EventKind::kHeavyBarrier:
      return "heavy barrier";
    case EventKind::kFutexWait:
      return "futex wait";
    case EventKind::kFutexWake:
      return "futex wake";
  }
  return "unknown";
}

class Printer {
 public:
  Printer(const ExecutionGraph& graph, const std::vector<std::string>& threads, const Names& names)
      : graph_(graph), threads_(threads), names_(names) {}

  // Step numbers count the lines that are printed.
  std::string Print() {
    step_of_.assign(graph_.events().size(), 0);
    std::string text;
    int step = 0;
    for (std::size_t id = 0; id < graph_.events().size(); ++id) {
      const Event& event = graph_.events()[id];
      if (event.order == Order::kPlain && event.Writes()) continue;
      step_of_[id] = ++step;
      text += Line(static_cast<int>(id), event);
    }
    return text;
  }

 private:
  [[nodiscard]] std::string Value(const Event& event, std::uint64_t value) const {
    const int bytes = graph_.location(event.location).signed_bytes;
    if (bytes == 0) return std::to_string(value);
    const int unused = 64 - 8 * bytes;
    return std::to_string(static_cast<std::int64_t>(value << unused) >> unused);
  }
  // How many writes of the location, of those printed so far, are newer than what `event` reads.
  [[nodiscard]] int Behind(int id, const Event& event) const {
    int behind = 0;
    for (const int write : graph_.location(event.location).writes) {
      behind += write < id && write != id &&
                        graph_.event(write).position > graph_.event(event.reads_from).position
                    ? 1
                    : 0;
    }
    return behind;
  }

  std::string Line(int id, const Event& event) {
    char start[64];
    std::snprintf(start, sizeof(start), "  %3d  %-12s ", step_of_[static_cast<std::size_t>(id)],
                  threads_[static_cast<std::size_t>(event.thread)].c_str());
    std::string line = start;
    line += NameOf(event.kind);
    if (event.location != kNone) line += " " + PlaceName(graph_, event.location, names_);
    if (event.Accesses() || event.kind == EventKind::kFence) {
      line += std::string(" (") + ToString(event.order) + ")";
    }
    if (event.Reads()) {
      line += " reads " + Value(event, event.read);
      const int writer = step_of_[static_cast<std::size_t>(event.reads_from)];
      line += writer == 0 ? " (initial" : " (from step " + std::to_string(writer);
      const int behind = Behind(id, event);
      if (behind > 0 && event.kind == EventKind::kLoad) {
        line += ", " + std::to_string(behind) + " newer unseen";
      }
      line += ")";
    }
    if (event.Writes()) {
      line += " writes " + Value(event, event.written);
      if (static_cast<std::size_t>(event.position) + 1 <
          graph_.location(event.location).writes.size()) {
        line += " [write " + std::to_string(event.position) + " of its location's order]";
      }
    }
    return line + "\n";
  }

  const ExecutionGraph& graph_;
  const std::vector<std::string>& threads_;
  const Names& names_;
  std::vector<int> step_of_;
};

}  // namespace

std::string PlaceName(const ExecutionGraph& graph, int location, const Names& names) {
  const std::string name = names.Of(graph.location(location).address);
  return name.empty() ? "atomic" + std::to_string(location) : name;
}

std::string ScheduleText(const ExecutionGraph& graph, const std::vector<std::string>& threads,
                         const Names& names) {
  return Printer(graph, threads, names).Print();
}

}  // namespace model

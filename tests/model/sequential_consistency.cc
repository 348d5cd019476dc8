#include "tests/model/sequential_consistency.h"

#include <algorithm>
#include <vector>

namespace model {
namespace {

// Psc evaluates RC11's relations over the events of one graph. With few sequentially consistent
// events in small programs, following the definitions beats anything clever.
class Psc {
 public:
  explicit Psc(const ExecutionGraph& graph) : graph_(graph) {
    for (const Event& event : graph.events()) {
      if (event.thread != 0) events_.push_back(&event);
    }
    for (const Event* event : events_) {
      if (!IsNode(*event)) continue;
      nodes_.push_back(event);
      has_accesses_ = has_accesses_ || event->Accesses();
    }
  }

  [[nodiscard]] bool Acyclic() {
    const std::size_t count = nodes_.size();
    std::vector<std::vector<bool>> edge(count, std::vector<bool>(count));
    for (std::size_t i = 0; i < count; ++i) {
      const std::vector<bool> reached = Reached(*nodes_[i]);
      for (std::size_t j = 0; j < count; ++j) edge[i][j] = reached[j];
    }
    // Which nodes lie on no cycle: take away those with nothing before them until none is left.
    std::vector<bool> gone(count);
    for (std::size_t left = count; left > 0;) {
      const std::size_t before = left;
      for (std::size_t j = 0; j < count; ++j) {
        if (gone[j]) continue;
        bool has_predecessor = false;
        for (std::size_t i = 0; i < count; ++i) has_predecessor |= !gone[i] && edge[i][j];
        if (!has_predecessor) {
          gone[j] = true;
          --left;
        }
      }
      if (left == before) return false;
    }
    return true;
  }

 private:
  static bool IsFence(const Event& event) {
    return (event.kind == EventKind::kFence && event.order == Order::kSeqCst) ||
           event.kind == EventKind::kLightBarrier || event.kind == EventKind::kHeavyBarrier;
  }
  static bool IsNode(const Event& event) {
    return IsFence(event) || (event.Accesses() && event.order == Order::kSeqCst);
  }
  // Whether an edge between the two counts at all.
  static bool Relevant(const Event& a, const Event& b) {
    if (a.kind == EventKind::kLightBarrier) return b.kind == EventKind::kHeavyBarrier;
    if (b.kind == EventKind::kLightBarrier) return a.kind == EventKind::kHeavyBarrier;
    return true;
  }

  static bool Sb(const Event& a, const Event& b) {
    return a.thread == b.thread && a.index < b.index;
  }
  static bool Hb(const Event& a, const Event& b) { return &a != &b && HappensBefore(a, b.clock); }
  static bool HbOrSame(const Event& a, const Event& b) { return HappensBefore(a, b.clock); }
  static bool SameLocation(const Event& a, const Event& b) {
    return a.Accesses() && b.Accesses() && a.location == b.location;
  }
  static bool SbElsewhere(const Event& a, const Event& b) {
    return Sb(a, b) && !SameLocation(a, b);
  }

  // Where an access stands in its location's order: at its own write, or at the one it reads.
  [[nodiscard]] int Position(const Event& access) const {
    return access.Writes() ? access.position : graph_.event(access.reads_from).position;
  }
  // Extended coherence order: the closure of reads-from, modification order and reads-before.
  [[nodiscard]] bool Eco(const Event& a, const Event& b) const {
    if (&a == &b || !SameLocation(a, b)) return false;
    if (a.Writes() && !b.Writes()) return Position(a) <= Position(b);
    return Position(a) < Position(b);
  }
  [[nodiscard]] bool MoOrRb(const Event& a, const Event& b) const {
    return b.Writes() && &a != &b && SameLocation(a, b) && Position(a) < Position(b);
  }

  // scb = sb | sb-elsewhere;hb;sb-elsewhere | hb-at-the-same-location | mo | rb
  [[nodiscard]] bool Scb(const Event& a, const Event& b) const {
    if (Sb(a, b) || MoOrRb(a, b) || (SameLocation(a, b) && Hb(a, b))) return true;
    if (a.thread == b.thread || !Hb(a, b)) return false;
    // If any pair of events between the two will do, then the first behind a and the last before b.
    const auto first = std::find_if(events_.begin(), events_.end(),
                                    [&](const Event* event) { return SbElsewhere(a, *event); });
    const auto last = std::find_if(events_.rbegin(), events_.rend(),
                                   [&](const Event* event) { return SbElsewhere(*event, b); });
    return first != events_.end() && last != events_.rend() && Hb(**first, **last);
  }

  // Which nodes psc leads to from `from`.
  [[nodiscard]] std::vector<bool> Reached(const Event& from) const {
    std::vector<const Event*> starts;
    for (const Event* event : events_) {
      if (event == &from || (IsFence(from) && Hb(from, *event))) starts.push_back(event);
    }
    // The ends of starts;scb and, for pairs of fences, of hb;eco. Between two fences hb and
    // hb;eco;hb say it all, which spares most programs the other one.
    const bool wants_scb = !IsFence(from) || has_accesses_;
    std::vector<const Event*> by_scb, by_eco;
    for (const Event* event : events_) {
      bool scb = false, eco = false;
      for (const Event* start : starts) {
        scb = scb || (wants_scb && Scb(*start, *event));
        eco = eco || (IsFence(from) && Eco(*start, *event));
      }
      if (scb) by_scb.push_back(event);
      if (eco) by_eco.push_back(event);
    }
    std::vector<bool> reached(nodes_.size());
    for (std::size_t j = 0; j < nodes_.size(); ++j) {
      const Event& node = *nodes_[j];
      if (!Relevant(from, node)) continue;
      bool leads = IsFence(from) && IsFence(node) && Hb(from, node);
      for (const Event* end : by_scb) {
        leads = leads || end == &node || (IsFence(node) && HbOrSame(*end, node));
      }
      for (const Event* end : by_eco) leads = leads || (IsFence(node) && Hb(*end, node));
      reached[j] = leads;
    }
    return reached;
  }

  const ExecutionGraph& graph_;
  std::vector<const Event*> events_;
  std::vector<const Event*> nodes_;
  bool has_accesses_ = false;
};

}  // namespace

bool IsSequentiallyConsistent(const ExecutionGraph& graph) { return Psc(graph).Acyclic(); }

}  // namespace model

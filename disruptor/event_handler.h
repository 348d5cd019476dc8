#ifndef DISRUPTOR_EVENT_HANDLER_H_
#define DISRUPTOR_EVENT_HANDLER_H_

#include <concepts>
#include <cstdint>
#include <functional>

namespace disruptor {

// EventHandler is what a stage runs for each event, in one of three forms:
//
//   handler(Event& event)
//   handler(Event& event, std::int64_t sequence)
//   handler(Event& event, std::int64_t sequence, bool end_of_batch)
//
// `end_of_batch` is true on the last event that is available at the moment: the time to flush what
// was gathered. Handlers are called directly, from one thread, in sequence order. They may write
// the event; which stages then see it is decided by the graph. Optional: OnStart() on the stage's
// thread before its first event, OnStop() there after its last.
template <typename Handler, typename Event>
concept EventHandler = std::invocable<Handler&, Event&, std::int64_t, bool> ||
    std::invocable<Handler&, Event&, std::int64_t> || std::invocable<Handler&, Event&>;

// InvokeHandler calls the richest form that the handler has.
template <typename Event, EventHandler<Event> Handler>
inline void InvokeHandler(Handler& handler, Event& event, std::int64_t sequence,
                          bool end_of_batch) {
  if constexpr (std::invocable<Handler&, Event&, std::int64_t, bool>) {
    std::invoke(handler, event, sequence, end_of_batch);
  } else if constexpr (std::invocable<Handler&, Event&, std::int64_t>) {
    std::invoke(handler, event, sequence);
  } else {
    std::invoke(handler, event);
  }
}

template <typename Handler>
inline void InvokeOnStart(Handler& handler) {
  if constexpr (requires { handler.OnStart(); }) handler.OnStart();
}

template <typename Handler>
inline void InvokeOnStop(Handler& handler) {
  if constexpr (requires { handler.OnStop(); }) handler.OnStop();
}

}  // namespace disruptor

#endif  // DISRUPTOR_EVENT_HANDLER_H_

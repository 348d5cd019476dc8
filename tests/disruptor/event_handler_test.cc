#include "disruptor/event_handler.h"

#include <cstdint>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace disruptor {
namespace {

struct Event {
  std::int64_t value = 0;
};

TEST(EventHandlerTest, MayTakeTheEventAlone) {
  auto handler = [](Event& event) { event.value = 1; };
  Event event;
  InvokeHandler(handler, event, 7, true);
  EXPECT_EQ(event.value, 1);
}

TEST(EventHandlerTest, MayTakeTheSequence) {
  auto handler = [](Event& event, std::int64_t sequence) { event.value = sequence; };
  Event event;
  InvokeHandler(handler, event, 7, true);
  EXPECT_EQ(event.value, 7);
}

TEST(EventHandlerTest, MayTakeTheEndOfTheBatch) {
  std::vector<bool> ends;
  auto handler = [&ends](const Event&, std::int64_t, bool end_of_batch) {
    ends.push_back(end_of_batch);
  };
  Event event;
  InvokeHandler(handler, event, 7, false);
  InvokeHandler(handler, event, 8, true);
  EXPECT_EQ(ends, (std::vector<bool>{false, true}));
}

TEST(EventHandlerTest, IsCalledInItsRichestForm) {
  struct Handler {
    void operator()(Event&) { called += "1"; }
    void operator()(Event&, std::int64_t) { called += "2"; }
    void operator()(Event&, std::int64_t, bool) { called += "3"; }
    std::string called;
  } handler;
  Event event;
  InvokeHandler(handler, event, 0, false);
  EXPECT_EQ(handler.called, "3");
}

TEST(EventHandlerTest, MayBeAPlainFunction) {
  void (*const function)(Event&) = [](Event& event) { event.value = 3; };
  Event event;
  InvokeHandler(function, event, 0, false);
  EXPECT_EQ(event.value, 3);
}

TEST(EventHandlerTest, IsNothingElse) {
  static_assert(!EventHandler<int, Event>);
  static_assert(!EventHandler<void (*)(), Event>);
  static_assert(!EventHandler<void (*)(std::string&), Event>);
  static_assert(!EventHandler<void (*)(Event&, std::int64_t, bool, int), Event>);
}

TEST(EventHandlerTest, HooksAreCalledWhereThereAreSome) {
  struct WithHooks {
    void operator()(Event&) {}
    void OnStart() { calls += "start "; }
    void OnStop() { calls += "stop"; }
    std::string calls;
  } with_hooks;
  InvokeOnStart(with_hooks);
  InvokeOnStop(with_hooks);
  EXPECT_EQ(with_hooks.calls, "start stop");

  auto without_hooks = [](Event&) {};
  InvokeOnStart(without_hooks);
  InvokeOnStop(without_hooks);
}

}  // namespace
}  // namespace disruptor

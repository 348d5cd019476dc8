#include "examples/market_data/interrupt.h"

#include <signal.h>

#include "disruptor/atomic.h"

namespace market_data {
namespace {

// Lock-free, hence allowed in a signal handler.
disruptor::Atomic<bool> interrupted{false};

extern "C" void OnInterrupt(int /*signal*/) { interrupted.StoreRelaxed(true); }

}  // namespace

void CatchInterrupt() {
  struct sigaction action = {};
  action.sa_handler = OnInterrupt;
  // The second one finds the default again.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool Interrupted() noexcept { return interrupted.LoadRelaxed(); }

}  // namespace market_data

#ifndef DISRUPTOR_PRODUCER_THREAD_CHECK_H_
#define DISRUPTOR_PRODUCER_THREAD_CHECK_H_

#include "disruptor/check.h"

namespace disruptor {

// ProducerThreadCheck aborts when a second thread uses what belongs to one producer, in builds with
// debug checks; otherwise Check() is nothing. The field is there in both, so that the layout of its
// owner does not depend on NDEBUG.
//
// THREADS  the producer's; a second one is what it is there to find, so it may miss a race but
//          never reports one that was not.
class ProducerThreadCheck {
 public:
  void Check() noexcept {
#ifndef NDEBUG
    if (owner_ == nullptr) owner_ = ThisThread();
    PINWHEEL_CHECK(
        owner_ == ThisThread(),
        "a second thread claims on a single-producer ring; give each producer thread its "
        "own ring, or hand the role over with ForgetProducerThread()");
#endif
  }

  void Forget() noexcept { owner_ = nullptr; }

 private:
  // The address of a thread's own variable is an id that costs no call.
  static const void* ThisThread() noexcept {
    static thread_local const char tag = 0;
    return &tag;
  }

  const void* owner_ = nullptr;
};

}  // namespace disruptor

#endif  // DISRUPTOR_PRODUCER_THREAD_CHECK_H_

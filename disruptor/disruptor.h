#ifndef DISRUPTOR_DISRUPTOR_H_
#define DISRUPTOR_DISRUPTOR_H_

// The whole core with one include; each header can also be had alone. The core starts no threads
// and reads no clock: see disruptor/runtime/runtime.h for a runtime that places and runs a
// pipeline.

#include "disruptor/batch_event_processor.h"
#include "disruptor/busy_spin_wait_strategy.h"
#include "disruptor/cache_line.h"
#include "disruptor/claim_result.h"
#include "disruptor/event_handler.h"
#include "disruptor/pipeline.h"
#include "disruptor/publisher.h"
#include "disruptor/ring_buffer.h"
#include "disruptor/ring_memory.h"
#include "disruptor/sequence.h"
#include "disruptor/sequence_barrier.h"
#include "disruptor/single_producer_sequencer.h"
#include "disruptor/stop_signal.h"
#include "disruptor/wait_strategy.h"
#include "disruptor/yielding_wait_strategy.h"

#endif  // DISRUPTOR_DISRUPTOR_H_

#ifndef EXAMPLES_MARKET_DATA_REFERENCE_RUN_H_
#define EXAMPLES_MARKET_DATA_REFERENCE_RUN_H_

#include <chrono>
#include <cstdint>
#include <span>

#include "absl/status/status.h"
#include "examples/market_data/market_event.h"
#include "examples/market_data/read_result.h"
#include "examples/market_data/session.h"
#include "examples/market_data/session_result.h"
#include "examples/market_data/stages.h"

namespace market_data {

// ReferenceRun is what a pipelined run is held against.
struct ReferenceRun {
  SessionResult result;
  // From the first message to the last, without Session::Finish.
  std::chrono::nanoseconds elapsed{0};
  // How the journal ended. An input error is the reader's to tell.
  absl::Status journal;

  double NanosPerMessage() const {
    return result.messages == 0
               ? 0.0
               : static_cast<double>(elapsed.count()) / static_cast<double>(result.messages);
  }
};

// RunSingleThreaded drives the handlers of stages.h in turn over everything `reader` gives, on the
// calling thread and without a ring: what a pipeline must do as well, with nothing of what a
// pipeline adds. Ends with the reader's kEnd or kError, and finishes the session.
//
//   kDecode  the decoder that belongs to the reader: DecodeItch or DecodeDbn.
//   Reader   ItchReader or DbnReader.
template <DecodeFunction& kDecode, typename Reader>
ReferenceRun RunSingleThreaded(Reader& reader, Session& session) {
  // How often the journal sees the end of a batch, as it would behind a ring.
  constexpr std::int64_t kBatch = 256;
  const DecodeStage<kDecode> decode{&session.decode()};
  const BookStage book{&session.book()};
  const SignalStage signal{&session.signal()};
  const OrderStage order{&session.order()};
  const JournalStage journal{&session.journal()};

  MarketEvent event;
  std::span<const std::uint8_t> bytes;
  std::int64_t sequence = 0;
  const auto start = std::chrono::steady_clock::now();
  for (; reader.Next(bytes) == ReadResult::kMessage; ++sequence) {
    const bool end_of_batch = sequence % kBatch == kBatch - 1;
    event.bytes = bytes.data();
    event.length = static_cast<std::uint32_t>(bytes.size());
    decode(event, sequence, end_of_batch);
    book(event, sequence, end_of_batch);
    signal(event, sequence, end_of_batch);
    order(event, sequence, end_of_batch);
    journal(event, sequence, end_of_batch);
  }
  ReferenceRun run;
  run.elapsed = std::chrono::steady_clock::now() - start;
  run.journal = session.Finish();
  run.result = session.Result();
  return run;
}

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_REFERENCE_RUN_H_

#ifndef EXAMPLES_MARKET_DATA_INTERRUPT_H_
#define EXAMPLES_MARKET_DATA_INTERRUPT_H_

namespace market_data {

// CatchInterrupt turns the first Ctrl-C (or SIGTERM) into Interrupted(), so that a long replay ends
// with a report of what was processed; a second one ends the program at once.
//
// THREADS  CatchInterrupt: main, once. Interrupted: any; one load of a line that nobody writes.
void CatchInterrupt();
bool Interrupted() noexcept;

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_INTERRUPT_H_

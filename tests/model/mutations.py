"""What tests/model/mutate changes in the headers, one thing at a time.

Orders are found by themselves: every operation in disruptor/*.h whose name ends in its memory
order, every order that disruptor/atomic.h spells, and every fence, barrier and wake-up that is a
statement of its own. A new header needs nothing here for those.

CONDITIONS holds the rest: checks, re-checks, wake-ups and arithmetic on which the protocol rests.
To add one, give the header, a text that occurs in it exactly once, what to put in its place, and
what that breaks.
"""

import re
from typing import NamedTuple


class Mutation(NamedTuple):
    header: str
    line: int
    before: str
    after: str
    # The changed text of each header that changes. Empty: its entry does not fit the header (any
    # more), which is reported as not caught.
    texts: dict


SEQUENCER = "disruptor/single_producer_sequencer.h"
PROCESSOR = "disruptor/batch_event_processor.h"
GROUP = "disruptor/sequence_group.h"
STOP = "disruptor/stop_signal.h"
PUBLISHER = "disruptor/publisher.h"
RING = "disruptor/ring_buffer.h"
BLOCKING = "disruptor/blocking_wait_strategy.h"
WAKE_LIST = "disruptor/wake_list.h"
SLEEPER = "disruptor/sleeper.h"

CONDITIONS = (
    (SEQUENCER, "count > limit_ - claimed_) [[unlikely]]", "count > limit_ - claimed_ + 1)",
     "claims one slot beyond the limit"),
    (SEQUENCER, "return last <= limit_;", "return last <= limit_ + 1;",
     "claims one slot beyond a limit read anew"),
    (SEQUENCER, "claimed_ : gate) + capacity_;", "claimed_ : gate) + capacity_ + 1;",
     "takes the ring for one slot larger"),
    (SEQUENCER, "if (closed_.LoadRelaxed()) [[unlikely]] {", "if (false) {",
     "claims in a closed ring"),
    (SEQUENCER, "if (count < 1 || count > capacity_) return", "if (count < 1) return",
     "waits for more than the ring holds"),
    (SEQUENCER, "if (count < 1 || count > capacity_) return", "if (count > capacity_) return",
     "claims nothing"),
    (SEQUENCER, "RefreshLimit(claimed_);\n  }", "}",
     "keeps a limit from before the gates were named"),
    (SEQUENCER, "if (claim.status == ClaimStatus::kFull) continue;", "",
     "does not look again after waiting"),
    (SEQUENCER, "cursor_.AdvanceRelease(last);", "cursor_.AdvanceRelease(last - 1);",
     "publishes one event less"),
    (SEQUENCER, "    claimed_ -= count;", "", "does not give a claim back"),
    (SEQUENCER, "count <= capacity_ && !closed() &&", "count <= capacity_ &&",
     "finds room in a closed ring"),
    (SEQUENCER, "(claimed_ + count <= limit_ ||", "(claimed_ + count <= limit_ + 1 ||",
     "promises one slot too many"),
    (SEQUENCER, "closed_.StoreRelaxed(true)", "closed_.StoreRelaxed(false)", "does not close"),
    (GROUP, "value < minimum ? value : minimum", "value", "follows the last member"),
    (GROUP, "value < minimum ? value : minimum", "value < minimum ? minimum : value",
     "follows the foremost member"),
    (PROCESSOR, "if (available < first) return 0;", "if (available + 1 < first) return 0;",
     "handles an event that is not published"),
    (PROCESSOR, "available = first + limit - 1;", "available = first + limit;",
     "handles more than its limit"),
    (PROCESSOR, "Commit(sequence - 1);", "Commit(sequence);",
     "counts the event that threw as handled"),
    (PROCESSOR, "Commit(sequence - 1);", "", "forgets the events before the one that threw"),
    (PROCESSOR, "Commit(available);", "Commit(available + 1);", "frees a slot it has not handled"),
    (PROCESSOR, "    next_ = last + 1;", "    next_ = last;", "handles an event twice"),
    (PROCESSOR, "if (stop.halted()) return;", "", "takes another batch after a halt"),
    (PROCESSOR, "} else if (stop.StopsBefore(next_)) {",
     "} else if (stop.StopsBefore(next_ + 1)) {",
     "stops one event early"),
    (STOP, "return next > last_.LoadRelaxed() || halted();", "return next > last_.LoadRelaxed();",
     "does not see a halt while idle"),
    (STOP, "return next > last_.LoadRelaxed() || halted();",
     "return next >= last_.LoadRelaxed() || halted();", "drains one event less"),
    (STOP, "halted_.StoreRelaxed(true);", "last_.StoreRelaxed(-1);", "lets a drain undo a halt"),
    (PUBLISHER, "sequencer_->Abandon(count);", "", "leaves a hole when a fill function throws"),
    (BLOCKING, "if (!ready()) sleeper.Sleep(", "sleeper.Sleep(",
     "does not look again before it sleeps"),
    (BLOCKING, "sequence->wakes().Enlist(number_);", ";", "sleeps without having said so"),
    (WAKE_LIST, "if (asleep_.FetchOrRelease(0) == 0) return;", "return;", "wakes nobody"),
    (WAKE_LIST, "mask != 0; mask &= mask - 1", "mask != 0; mask = 0",
     "wakes the first sleeper only"),
    (WAKE_LIST, "if (mode == SleeperTable::Mode::kAsymmetric) HeavyBarrier",
     "if (false) HeavyBarrier",
     "sleeps without the barrier"),
    (SLEEPER, "word_.value().FetchAddRelease(1);", "", "wakes without changing the word"),
    (PROCESSOR, "Ready() || stop.StopsBefore(next_); }", "Ready(); }", "sleeps through a stop"),
    (PROCESSOR, "Ready() || stop.StopsBefore(next_); }", "stop.StopsBefore(next_); }",
     "sleeps on an event that is there"),
    (PROCESSOR, "return barrier_.Poll() >= next_;", "return barrier_.Poll() > next_;",
     "sleeps on the only event that is there"),
    (SEQUENCER, "return closed() || HasCapacity(count);", "return HasCapacity(count);",
     "sleeps through a close"),
    (SEQUENCER, "return closed() || HasCapacity(count);", "return closed();",
     "sleeps while there is room"),
    (RING, "Event& operator[](std::int64_t sequence) noexcept {\n"
     "    return slots_[sequence & mask_];",
     "Event& operator[](std::int64_t sequence) noexcept {\n"
     "    return slots_[0];",
     "puts all events into one slot"),
)

# What an order may be weakened to. Of the strongest, a load and a store keep their half.
_WEAKER = {
    "Acquire": ("Relaxed",),
    "Release": ("Relaxed",),
    "AcqRel": ("Acquire", "Release"),
    "SeqCst": ("AcqRel",),
}
_WEAKER_LOAD = {"SeqCst": ("Acquire",)}
_WEAKER_STORE = {"SeqCst": ("Release",)}
_SPELLED = {
    "Relaxed": "memory_order_relaxed",
    "Acquire": "memory_order_acquire",
    "Release": "memory_order_release",
    "AcqRel": "memory_order_acq_rel",
    "SeqCst": "memory_order_seq_cst",
}
_CALL = re.compile(r"(?:\.|->)\s*(?P<stem>\w+?)(?P<order>Acquire|Release|AcqRel|SeqCst)\s*\(")
_SPELLED_ORDER = re.compile(r"\bmemory_order_(?:acquire|release|acq_rel|seq_cst)\b")
_ORDERING_CALL = re.compile(
    r"(?:\.|->|(?:\b(?!model)\w+::)+|(?<![\w.>:]))"
    r"(?:Notify|Wake(?:All|Sleepers)?|\w*Fence|LightBarrier|HeavyBarrier|SleeperBarrier)"
    r"\([^;{}]*\)(?=\s*;)")


def all_mutations(headers):
    """Every mutation of `headers`, a map from path to text, in the order of the files."""
    found = []
    for path in sorted(headers):
        found += _of_calls(path, headers)
        found += _of_spelled_orders(path, headers)
        found += _of_ordering_calls(path, headers)
    return found + [_of_condition(condition, headers) for condition in CONDITIONS]


def _of_calls(path, headers):
    text = headers[path]
    result = []
    for match in _CALL.finditer(_code(text)):
        stem, order = match.group("stem"), match.group("order")
        for weaker in _weaker(stem, order):
            changed = dict(headers)
            changed[path] = (text[:match.start("stem")] + stem + weaker + text[match.end("order"):])
            changed = {name: _with_twin(body, stem, order, weaker)
                       for name, body in changed.items()}
            result.append(_mutation(path, match.start(), stem + order, stem + weaker, changed,
                                    headers))
    return result


def _of_spelled_orders(path, headers):
    text = headers[path]
    result = []
    for match in _SPELLED_ORDER.finditer(_code(text)):
        order = next(name for name, spelled in _SPELLED.items() if spelled == match.group())
        call = text[text.rfind("\n", 0, match.start()):match.start()]
        stem = "Load" if ".load(" in call else "Store" if ".store(" in call else ""
        for weaker in _weaker(stem, order):
            changed = dict(headers)
            changed[path] = text[:match.start()] + _SPELLED[weaker] + text[match.end():]
            result.append(_mutation(path, match.start(), match.group(), _SPELLED[weaker], changed,
                                    headers))
    return result


def _of_ordering_calls(path, headers):
    text = headers[path]
    result = []
    for match in _ORDERING_CALL.finditer(_code(text)):
        changed = dict(headers)
        changed[path] = text[:match.start()] + text[match.end():]
        result.append(_mutation(path, match.start(), match.group().lstrip(".->"), "nothing",
                                changed, headers))
    return result


def _of_condition(condition, headers):
    path, before, after, breaks = condition
    text = headers.get(path, "")
    if text.count(before) != 1:
        return Mutation(path, 0, breaks, "", {})
    changed = dict(headers)
    changed[path] = text.replace(before, after)
    return _mutation(path, text.index(before), breaks, "", changed, headers)


def _mutation(path, position, before, after, changed, headers):
    line = headers[path].count("\n", 0, position) + 1
    return Mutation(path, line, before, after,
                    {name: text for name, text in changed.items() if text != headers[name]})


def _weaker(stem, order):
    if stem.endswith("Load"):
        return _WEAKER_LOAD.get(order, _WEAKER[order])
    if stem.endswith("Store"):
        return _WEAKER_STORE.get(order, _WEAKER[order])
    return _WEAKER[order]


def _code(text):
    """`text` without comments and preprocessor lines, every character at its place."""
    return re.sub(r"//[^\n]*|^#[^\n]*", lambda match: " " * len(match.group()), text, flags=re.M)


def _with_twin(text, stem, order, weaker):
    """`text` with a function `stem + weaker` where it defines `stem + order` alone."""
    code = _code(text)
    definition = _definition(code, stem + order)
    if definition is None or _definition(code, stem + weaker) is not None:
        return text
    start, end = definition
    twin = re.sub(rf"(\w+){order}\b", rf"\g<1>{weaker}", text[start:end])
    twin = twin.replace(_SPELLED[order], _SPELLED[weaker])
    return text[:end] + "\n" + twin + text[end:]


def _definition(code, name):
    """Where the function `name` is defined: from the start of its line to its closing brace."""
    match = re.search(rf"^[^\n.>]*(?<![.>\w]){name}\s*\([^;{{}}]*\)[^;{{}}]*\{{", code, re.M)
    if match is None:
        return None
    depth = 0
    for end in range(match.end() - 1, len(code)):
        depth += {"{": 1, "}": -1}.get(code[end], 0)
        if depth == 0:
            return match.start(), end + 1
    return None

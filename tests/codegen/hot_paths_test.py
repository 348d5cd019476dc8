#!/usr/bin/env python3
"""No fence, no locked instruction and no call where events pass, in the code that is built.

Reads the disassembly of hot_paths. Skips, and says so, where the code is instrumented or not
optimised, and on other machines than x86-64.
"""

import os
import re
import subprocess
import sys

BINARY = os.path.join("tests", "codegen", "hot_paths")
# Function: what the names of calls that it may contain have in them. They stand behind branches
# that are not taken while there is room and nobody sleeps.
HOT = {
    "HotPublish": {"WaitForRoom", "WakeSleepers"},
    "HotTryPublish": {"WakeSleepers"},
    "HotTryClaim": set(),
    "HotPoll": set(),
    "HotStopCheck": set(),
}
CONTROLS = ["ControlFullBarrierStore", "ControlReadModifyWrite", "ControlFence", "ControlCall"]

_INSTRUCTION = re.compile(r"^\s*[0-9a-f]+:\s+(?P<text>\S.*)$")
# An exchange with memory is locked without the prefix.
_ORDERED = re.compile(r"^(lock\b|mfence\b|xchg\s.*\()")
# A tail call is a jump out of the function: to another symbol, or through a register.
_CALL = re.compile(r"^(?:notrack |bnd )?(?:call|jmp)q?\s+(?P<target>.*)$")


def functions(disassembly):
    found, current = {}, None
    for line in disassembly.splitlines():
        header = re.match(r"^[0-9a-f]+ <(?P<name>[^>]+)>:$", line)
        instruction = _INSTRUCTION.match(line)
        if header:
            # The part that GCC moved away as cold belongs to its function.
            current = found.setdefault(re.sub(r"\.(cold|part)[.\d]*$", "", header["name"]), [])
        elif instruction and current is not None:
            current.append(instruction["text"].strip())
    return found


def offences(name, instructions, allowed_calls=frozenset()):
    found = []
    for text in instructions:
        if _ORDERED.match(text):
            found.append(f"{name}: {text}")
        call = _CALL.match(text)
        if call and not _stays_inside(name, text, call["target"]):
            symbol = re.search(r"<([^>@+]+)", call["target"])
            if not symbol or not any(allowed in symbol[1] for allowed in allowed_calls):
                found.append(f"{name}: {text}")
    return found


def _stays_inside(name, text, target):
    inside = re.search(rf"<{name}(\.cold|\.part)?[.\d]*(\+0x[0-9a-f]+)?>", target)
    return inside is not None and "call" not in text.split()[0]


def main():
    if os.uname().machine != "x86_64":
        print(f"SKIPPED: written for x86-64, this is {os.uname().machine}")
        return 0
    code = functions(subprocess.run(
        ["objdump", "--disassemble", "--no-show-raw-insn", BINARY],
        check=True, capture_output=True, text=True).stdout)
    if "MarkerSkip" in code:
        print("SKIPPED: this build is not optimised, has debug checks or is instrumented")
        return 0
    failures = [] if "MarkerLook" in code else ["MarkerLook: no marker, so nothing is known"]
    for name, allowed_calls in HOT.items():
        if not code.get(name):
            failures.append(f"{name}: not found in {BINARY}")
        failures += offences(name, code.get(name, []), allowed_calls)
    for name in CONTROLS:
        if not offences(name, code.get(name, [])):
            failures.append(f"{name}: nothing found in it, so this test finds nothing anywhere")
    for failure in failures:
        print("FAILED:", failure)
    for name in list(HOT) + CONTROLS:
        print(f"{name}: {len(code.get(name, []))} instructions")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

"""The loss system in SimPy, in its fastest form: callbacks on timeouts, no process. compare.py runs it.

simpy_loss.py SEED CALLS: 500 lines, 480 erlangs, exponential calls of 180 s.
"""

import json
import random
import sys
import time
from math import log

import simpy


def main(seed, calls):
    unit = random.Random(seed).random
    env = simpy.Environment()
    timeout = env.timeout
    over = env.event()
    busy = offered = blocked = 0

    def end(_):
        nonlocal busy
        busy -= 1

    def arrival(_):
        nonlocal busy, offered, blocked
        offered += 1
        if offered == calls:
            over.succeed()
        else:
            timeout(-log(1 - unit()) * (180 / 480)).callbacks.append(arrival)
        if busy == 500:
            blocked += 1
        else:
            busy += 1
            timeout(-log(1 - unit()) * 180).callbacks.append(end)

    timeout(-log(1 - unit()) * (180 / 480)).callbacks.append(arrival)
    began = time.process_time()
    env.run(until=over)
    ns = (time.process_time() - began) * 1e9 / calls
    print(json.dumps({"ns": ns, "calls": offered, "blocked": blocked}))


main(int(sys.argv[1]), int(sys.argv[2]))

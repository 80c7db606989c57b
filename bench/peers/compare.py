"""Runs ccesim's workloads and the same ones in ns-3 and SimPy, in turn, and compares times and results.

compare.py RELEASE_FOLDER PEER_NS3 SCENARIOS BENCH_JSON

Each round runs each program once; the figure is the median of the rounds, in CPU time. The status is 1 when
results disagree: a ratio between programs that do different work would mean nothing.
"""

import json
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile

ROUNDS = 5
FLEET_ROUNDS = 3
SCHEDULERS = ["PriorityQueue", "Map", "Heap", "Calendar"]  # ns-3's, less its list: that one is linear
LOSS_CALLS = 1_000_000
SIMPY_CALLS = 200_000
FLEET_CALLS = 1440 / 180 * 86400 * 30
CUT_OFF_PER_FAILURE = 361.9  # 360 in progress, more when outages overlap
TOO_SLOW = 2  # a scheduler this many times slower than the best of the first round sits out the others
PATIENCE = 30  # seconds that one of them gets

figures = {}
disagreements = []


def cpu_of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def output_of(*words, patience=None):
    return subprocess.run([str(word) for word in words], check=True, stdout=subprocess.PIPE, text=True,
                          timeout=patience).stdout


def say(name, value, unit, remark=""):
    print(f"  {name:<28} {value:>10.4g} {unit:<9} {remark}".rstrip(), flush=True)


def ratio(key, ours, peer, wanted):
    figures[key] = peer / ours
    say("ratio", peer / ours, "", f"wanted: {wanted}" + ("" if peer / ours >= wanted else ", SHORT"))


def agree(what, seen, expected, deviation):
    """Within four standard deviations."""
    off = (seen - expected) / deviation
    verdict = "agree" if abs(off) <= 4 else "DISAGREE"
    print(f"  {what}: {seen:.6g} and {expected:.6g}, {off:+.1f} standard errors: {verdict}", flush=True)
    if verdict != "agree":
        disagreements.append(what)


def erlang_b(lines, erlangs):
    blocking = 1.0
    for line in range(1, lines + 1):
        blocking = erlangs * blocking / (line + erlangs * blocking)
    return blocking


def blocking_deviation(*calls):
    """Of the difference between the shares blocked of independent runs: 0.00061 for one of a million calls."""
    return 0.00061 * math.sqrt(sum(1e6 / n for n in calls))


class Ours:
    def __init__(self, release, scenarios):
        self.bench = f"{release}/bench/ccesim_bench"
        self.ccesim = f"{release}/ccesim"
        self.fleet_scenario = f"{scenarios}/fleet-30-days.lua"

    def only(self, workload):
        lines = output_of(self.bench, "--only", workload).splitlines()
        return {line.split()[0]: float(line.split()[1]) for line in lines}

    def fleet(self, seed):
        """CPU seconds of the whole program, and its metrics."""
        with tempfile.TemporaryDirectory() as folder:
            result = f"{folder}/fleet.json"
            before = cpu_of_children()
            output_of(self.ccesim, "run", self.fleet_scenario, "--quiet", "--seed", seed, "-o", result)
            seconds = cpu_of_children() - before
            with open(result, encoding="utf-8") as file:
                metrics = json.load(file)["metrics"]
        return seconds, {name: metric["value"] for name, metric in metrics.items()}


class Ns3:
    """Rounds of one workload with each scheduler; those that are hopeless run in the first round only."""

    def __init__(self, program, *workload):
        self.program = program
        self.workload = workload
        self.times = {scheduler: [] for scheduler in SCHEDULERS}
        self.results = {}  # by seed; the same whatever the scheduler

    def round(self, seed):
        for scheduler in list(self.times):
            before = cpu_of_children()
            try:
                result = json.loads(output_of(self.program, self.workload[0], scheduler, seed, *self.workload[1:],
                                              patience=PATIENCE))
            except subprocess.TimeoutExpired:
                del self.times[scheduler]
                print(f"  ns-3 {scheduler}: gave up after {PATIENCE} s", flush=True)
                continue
            self.times[scheduler].append(result.pop("ns", cpu_of_children() - before))
            if self.results.setdefault(seed, result) != result:
                disagreements.append(f"ns-3 with {scheduler} and with another scheduler")
        if seed == 1:
            self.leave_out_the_slow()

    def leave_out_the_slow(self):
        best = min(times[0] for times in self.times.values())
        self.one_round = {s: t[0] for s, t in self.times.items() if t[0] > TOO_SLOW * best}
        self.times = {s: t for s, t in self.times.items() if s not in self.one_round}

    def best(self, unit):
        medians = {scheduler: statistics.median(times) for scheduler, times in self.times.items()}
        for scheduler, value in sorted(medians.items(), key=lambda item: item[1]):
            say(f"ns-3 {scheduler}", value, unit)
        for scheduler, value in self.one_round.items():
            say(f"ns-3 {scheduler}", value, unit, "one round only")
        return min(medians.values())

    def total(self, what):
        return sum(result[what] for result in self.results.values())


def hold(ours, program):
    ratios = []
    for name, pending in [("10k", 10_000), ("1m", 1_000_000)]:
        print(f"hold model, {pending} pending", flush=True)
        ns3 = Ns3(program, "hold", pending)
        own = []
        for seed in range(1, ROUNDS + 1):
            own.append(ours.only(f"hold-{name}")["hold_ns"])
            ns3.round(seed)
        mine = statistics.median(own)
        say("ccesim's ladder", mine, "ns/event")
        figures[f"ns3_hold_ns_{name}"] = ns3.best("ns/event")
        ratio(f"hold_ratio_ns3_{name}", mine, figures[f"ns3_hold_ns_{name}"], 4)
        ratios.append(figures[f"hold_ratio_ns3_{name}"])
    figures["hold_ratio_ns3"] = min(ratios)


def loss(ours, program):
    print("loss system, 500 lines, 480 erlangs", flush=True)
    ns3 = Ns3(program, "loss", LOSS_CALLS)
    simpy_loss = os.path.join(os.path.dirname(os.path.abspath(__file__)), "simpy_loss.py")
    own, simpy = [], []
    for seed in range(1, ROUNDS + 1):
        own.append(ours.only("loss"))
        ns3.round(seed)
        simpy.append(json.loads(output_of(sys.executable, simpy_loss, seed, SIMPY_CALLS)))
    mine = statistics.median(run["loss_ns_per_call"] for run in own)
    say("ccesim", mine, "ns/call")
    figures["ns3_loss_ns_per_call"] = ns3.best("ns/call")
    ratio("loss_ratio_ns3", mine, figures["ns3_loss_ns_per_call"], 3)
    figures["simpy_loss_ns_per_call"] = statistics.median(run["ns"] for run in simpy)
    say("SimPy", figures["simpy_loss_ns_per_call"], "ns/call")
    ratio("loss_ratio_simpy", mine, figures["simpy_loss_ns_per_call"], 20)

    exact = erlang_b(500, 480)
    our_calls = own[0]["loss_calls"]  # the same luck in each round
    our_share = own[0]["loss_blocking"]
    agree("blocking, ccesim and Erlang B", our_share, exact, blocking_deviation(our_calls))
    simpy_blocked = sum(run["blocked"] for run in simpy)
    for name, blocked, calls in [("ns-3", ns3.total("blocked"), ns3.total("calls")),
                                 ("SimPy", simpy_blocked, ROUNDS * SIMPY_CALLS)]:
        agree(f"blocking, {name} and Erlang B", blocked / calls, exact, blocking_deviation(calls))
        agree(f"blocking, {name} and ccesim", blocked / calls, our_share, blocking_deviation(calls, our_calls))


def fleet(ours, program):
    print("four appliances that fail, 1440 erlangs, 30 days", flush=True)
    ns3 = Ns3(program, "fleet", 30)
    times, metrics = [], []
    for seed in range(1, FLEET_ROUNDS + 1):
        seconds, seen = ours.fleet(seed)
        times.append(seconds)
        metrics.append(seen)
        ns3.round(seed)
    mine = statistics.median(times)
    say("ccesim run", mine, "s")
    figures["ns3_fleet_30d_seconds"] = ns3.best("s")
    ratio("fleet_ratio_ns3", mine, figures["ns3_fleet_30d_seconds"], 3)

    def of_ours(name):
        return sum(seen[name] for seen in metrics)

    calls = FLEET_ROUNDS * FLEET_CALLS
    expected_failures = FLEET_ROUNDS * 4 * 30 * 24 / (7 * 24 + 1)
    for name, attempts, failures, cut_off in [
        ("ccesim", of_ours("attempts"), of_ours("faults_struck"), of_ours("calls_dropped")),
        ("ns-3", ns3.total("calls"), ns3.total("failures"), ns3.total("cut_off")),
    ]:
        agree(f"calls, {name}", attempts, calls, math.sqrt(calls))
        agree(f"failures, {name}", failures, expected_failures, math.sqrt(expected_failures))
        # About one failure in fifty meets another outage and cuts off 480 calls or more instead of 360.
        agree(f"cut off per failure, {name}", cut_off / failures, CUT_OFF_PER_FAILURE, 25 / math.sqrt(failures))
    # ccesim's detection is the product's own (one direction hunts on, the other fails): not compared.
    agree("lost before detection per failure, ns-3", ns3.total("lost") / ns3.total("failures"), 4048 / 17.04,
          139 / math.sqrt(ns3.total("failures")))


def merge(path):
    try:
        with open(path, encoding="utf-8") as file:
            known = json.load(file)
    except FileNotFoundError:
        known = {}
    known.update({name: float(f"{value:.6g}") for name, value in figures.items()})
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(known, file, indent=2)
        file.write("\n")
    os.replace(path + ".new", path)


def main(release, program, scenarios, bench_json):
    ours = Ours(release, scenarios)
    hold(ours, program)
    loss(ours, program)
    fleet(ours, program)
    for what in disagreements:
        print(f"bench-peers: {what}: the results disagree; the times say nothing and are not kept", file=sys.stderr)
    if disagreements:
        return 1
    merge(bench_json)
    return 0


sys.exit(main(*sys.argv[1:]))

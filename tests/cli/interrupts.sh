#!/bin/sh
# Interruptions, deaths of workers and of the program itself: what is finished is kept, nobody is left, nothing hangs.
. "$(dirname -- "$0")/words.sh"

long() {  # starts a long run; its process is $run
    tried="run $*"
    "$ccesim" run $contoso --replications 100000 --jobs 2 "$@" >out 2>err </dev/null &
    run=$!
    at_work
    sleep 1
}
at_work() {  # until both workers are there: the one child before them only reads the scenario
    for _ in $(seq 600); do
        [ "$(children "$run" | wc -w)" -eq 2 ] && return
        sleep 0.05
    done
}
ends() {
    status=0
    wait "$run" || status=$?
}

for signal in INT TERM HUP; do
    rm -f part.json
    long -o part.json
    workers=$(children "$run")
    check 'there are two workers' [ "$(echo "$workers" | wc -w)" -eq 2 ]
    kill -s $signal "$run"
    ends
    if [ $signal = INT ]; then exits 130; else exits 143; fi
    answers 'PARTIAL: '
    says 'of 100000 replications are done'
    check 'the file says so too' grep -q '"asked": 100000' part.json
    for worker in $workers; do check 'no worker is left' [ ! -e "/proc/$worker" ]; done
done

long
kill -s INT "$run"
kill -s INT "$run"
ends
exits 130

# Death of the program: the workers follow.
long
workers=$(children "$run")
kill -s KILL "$run"
ends 2>/dev/null
sleep 1
for worker in $workers; do
    check 'no worker outlives the program' [ -z "$(grep -s '^State:.*[RSD] ' "/proc/$worker/status")" ]
done

# Death of a worker: its replication is run again, and the result is that of an undisturbed run.
tried='run with a worker killed'
"$ccesim" run $contoso --replications 60 --jobs 2 -o calm.json >/dev/null 2>&1
"$ccesim" run $contoso --replications 60 --jobs 2 -o killed.json >out 2>err </dev/null &
run=$!
at_work
kill -s KILL "$(children "$run" | head -n 1)"
ends
says 'once more'
check 'the result is the same' cmp -s calm.json killed.json

# Stopped and continued: nothing changes.
tried='run stopped and continued'
"$ccesim" run $contoso --replications 60 --jobs 2 -o paused.json >out 2>err </dev/null &
run=$!
at_work
kill -s STOP "$run"
sleep 1
kill -s CONT "$run"
ends
check 'the result is the same' cmp -s calm.json paused.json
done_testing

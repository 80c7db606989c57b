#!/bin/sh
# Options have environment names; what surrounds the program changes nothing else.
. "$(dirname -- "$0")/words.sh"

try run $contoso --quiet --seed 7
cp out seven
check 'quiet is quiet' [ ! -s err ]
CCESIM_SEED=7 try run $contoso --quiet
check 'CCESIM_SEED is --seed' cmp -s out seven
CCESIM_SEED=8 try run $contoso --quiet --seed 7
check 'what is typed wins' cmp -s out seven
try run $contoso --quiet --seed 0x7
check 'hexadecimal is the same number' cmp -s out seven
CCESIM_SEED=x try run $contoso
exits 2
says '--seed "x"'
check 'no colour in a file' [ -z "$(grep "$(printf '\033')" seven)" ]

try run $contoso --quiet --replications 3 --jobs 1 -o one.json
TZ=Asia/Tokyo LC_ALL=tr_TR.UTF-8 LANG=C MALLOC_PERTURB_=85 try run $contoso --quiet --replications 3 --jobs 3 -o three.json
check 'jobs, zone, locale and memory change no byte' cmp -s one.json three.json
try run $contoso --quiet --replications 3 --trust-script -o here.json
check 'nor does the lack of workers' cmp -s one.json here.json
mkdir elsewhere
cd elsewhere || exit 1
try run ../$contoso --quiet --replications 3 -o there.json
check 'nor does the folder' cmp -s ../one.json there.json
cd ..

# Few file descriptors are enough for one worker, and a closed standard input or error for none at all.
(
    ulimit -n 16
    "$ccesim" run $contoso --quiet --replications 3 --jobs 8 -o few.json >out 2>err
)
check 'few descriptors, same bytes' cmp -s one.json few.json
tried='run with six descriptors'
status=0
(
    ulimit -n 6
    exec "$ccesim" run $contoso --jobs 8
) >out 2>err || status=$?
exits 70
silent
says 'error: the system gives no worker process: too many open files; raise ulimit -n or use fewer --jobs'
"$ccesim" run $contoso --replications 3 -o closed.json >out <&- 2>&-
check 'closed descriptors, same bytes' cmp -s one.json closed.json

try check $contoso
exits 0
for words in 'Europe/Amsterdam' 'sbc1.sea.contoso.com' '2019-11-17T01:00:00Z' 'busy-hour blocking' 'assumed' 'calls_dropped_planned'; do
    answers "$words"
done
try check $contoso --set boot_host=12m
answers 'set: boot_host = 12m'
done_testing

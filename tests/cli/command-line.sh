#!/bin/sh
# What is typed wrong is told with what would be right, before anything runs.
. "$(dirname -- "$0")/words.sh"

wrong() {
    text=$1
    shift
    try "$@"
    exits 2
    silent
    says "$text"
}

wrong 'no command given'
wrong 'unknown command "rnu"; did you mean "run"?' rnu $contoso
wrong 'unknown option "--versoin"; did you mean "--version"?' --versoin
wrong 'ccesim run wants a scenario' run
wrong 'ccesim check wants a scenario' check
wrong 'unexpected argument "second.lua"' run $contoso second.lua
wrong 'is not read from standard input' run -
wrong 'unknown option "--sed"; did you mean "--seed"?' run $contoso --sed 7
wrong 'unknown option "--polcy"; did you mean "--policy"?' run $contoso --polcy=x
wrong '--seed wants a value' run $contoso --seed
wrong '--seed is given more than once ("1" and "2")' run $contoso --seed 1 --seed 2
for seed in abc -1 1.5 18446744073709551616 0x; do
    wrong 'an integer from 0 to 18446744073709551615' run $contoso --seed "$seed"
done
for replications in 0 -1 1e3 10k 10000001 99999999999 ''; do
    wrong 'an integer from 1 to 10 000 000' run $contoso --replications "$replications"
done
for jobs in 0 10000 auto; do
    wrong 'an integer from 1 to 256' run $contoso --jobs "$jobs"
done
wrong 'lacks a value' run $contoso --set boot_host
wrong 'no parameter "boot_hots"; did you mean "boot_host"?' run $contoso --set boot_hots=3m
wrong '"three" is no such value' run $contoso --set boot_host=three
wrong '--set boot_host is given more than once' run $contoso --set boot_host=3m --set boot_host=4m
wrong 'a file name that ends in .csv, .db, .json or .txt' run $contoso -o result
wrong 'did you mean "json"?' run $contoso -o result.jsn
wrong '-o "x.csv" is given more than once' run $contoso -o x.csv -o x.csv
wrong 'declares no policy "one_at_a_tim"; did you mean "one_at_a_time"?' run $contoso --policy one_at_a_tim
wrong 'no metric "calls_droped"; did you mean "calls_dropped"?' metrics calls_droped
wrong 'no fault "edge-rtcsvr-down"; did you mean "edge-rtcsrv-down"?' faults edge-rtcsvr-down
wrong 'ccesim faults lists them' faults 'trust dialog'
wrong 'unexpected argument "vm-saved"' faults vm-stopped vm-saved
wrong 'unknown option "--jsno"; did you mean "--json"?' faults --jsno
wrong 'no cmdlet "Enter-CcUpdat"; did you mean "Enter-CcUpdate"?' cmdlets Enter-CcUpdat
wrong 'ccesim cmdlets lists them' cmdlets 'start the car'
wrong 'unexpected argument "Exit-CcUpdate"' cmdlets Enter-CcUpdate Exit-CcUpdate
check 'nothing was written' [ ! -e x.csv ]

for help in '--help' 'run --help' 'check --help' 'topology --help' 'metrics --help' 'faults --help' 'cmdlets --help'; do
    try $help
    exits 0
    check 'help begins with examples' [ "$(head -n 1 out)" = 'Examples:' ]
done
try --version
exits 0
answers 'model semantics'
try metrics
exits 0
answers 'attempts_served'
try metrics blocking --json
exits 0
answers '"name": "blocking"'
try faults
exits 0
check 'a line a fault below a head of two and a rule' [ "$(wc -l <out)" -eq "$((3 + $(wc -l <"$root/tests/oracle/fault-ids.txt")))" ]
cut -d ' ' -f 1 out | tail -n +4 >ids
check 'the faults of the list, in its order' cmp ids "$root/tests/oracle/fault-ids.txt"
try faults --json
exits 0
check 'an object a fault' [ "$(grep -c '"id": ' out)" -eq "$(wc -l <"$root/tests/oracle/fault-ids.txt")" ]
try faults trust-dialog --json
exits 0
answers '"strikes": "users"'
answers '"injectable": false'
answers '"2.0.1": false'
check 'only the one asked for' [ "$(grep -c '"id": ' out)" -eq 1 ]
while read -r id; do
    try faults "$id"
    exits 0
    answers '   1  '
    check 'no line is wider than 100 columns' [ "$(LC_ALL=C.UTF-8 wc -L <out)" -le 100 ]
done <"$root/tests/oracle/fault-ids.txt"
try cmdlets
exits 0
cut -d ' ' -f 1 out | tail -n +3 | grep . | sort >names
sort "$root/tests/oracle/cmdlets.txt" >documented
check 'every documented cmdlet is listed' [ -z "$(comm -13 names documented)" ]
check 'no name twice' [ -z "$(uniq -d names)" ]
try cmdlets --json
exits 0
check 'an object a cmdlet' [ "$(grep -c '^    "name": ' out)" -eq "$(wc -l <names)" ]
try cmdlets reset-cccacertificate --json
exits 0
answers '"name": "Reset-CcCACertificate"'
answers '"place": "host"'
answers '"parameters": []'
check 'its releases' [ "$(tr -d ' \n' <out | grep -c '"versions":\["1.4.2","2.0","2.0.1","2.1"\]')" -eq 1 ]
while read -r name; do
    try cmdlets "$name"
    exits 0
    answers 'typed at    '
    check 'no line is wider than 100 columns' [ "$(LC_ALL=C.UTF-8 wc -L <out)" -le 100 ]
done <names
done_testing

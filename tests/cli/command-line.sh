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
wrong 'a file name that ends in .csv, .json or .txt' run $contoso -o result
wrong 'did you mean "json"?' run $contoso -o result.jsn
wrong '-o "x.csv" is given more than once' run $contoso -o x.csv -o x.csv
wrong 'declares no policy "one_at_a_tim"; did you mean "one_at_a_time"?' run $contoso --policy one_at_a_tim
wrong 'no metric "calls_droped"; did you mean "calls_dropped"?' metrics calls_droped
check 'nothing was written' [ ! -e x.csv ]

for help in '--help' 'run --help' 'check --help' 'metrics --help'; do
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
done_testing

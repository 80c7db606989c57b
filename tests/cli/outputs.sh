#!/bin/sh
# Outputs are whole or not there, inputs are never overwritten, and a full disk is told.
. "$(dirname -- "$0")/words.sh"

try run $contoso -o a.json -o a.csv -o a.txt
check 'all three are there' [ -s a.json -a -s a.csv -a -s a.txt ]
check 'the text is the answer' cmp -s a.txt out
expected=$status
cp a.json first.json

try run $contoso -o a.json
exits 8
silent
says 'a.json: error[E801]: exists already'
try run $contoso -o a.json --force
exits "$expected"
check 'the same run writes the same bytes' cmp -s a.json first.json

for input in $contoso data/contoso/users.csv; do
    ln -sf "$input" input.csv
    cp "$input" before
    try run $contoso -o input.csv --force
    exits 8
    says 'is an input of this run and is never overwritten'
    check 'it is as it was' cmp -s "$input" before
done

try run $contoso -o nowhere/a.json
exits 8
silent
says 'nowhere/a.json: error[E801]: cannot write: No such file or directory'
mkdir folder.csv
try run $contoso -o folder.csv --force
exits 8
says 'it is a directory'

ln -s /dev/full full.json
try run $contoso -o full.json
exits 8
says 'full.json: error[E801]: cannot write: No space left on device'
answers 'fingerprint'
check 'a device stays what it is' [ -c /dev/full ]

# A limit on the size of files stands for a disk that fills up: the old file stays, a new one never comes, and whether the
# caller ignores the signal of that limit or not is all one.
cp first.json old.json
for signal in '' -; do
    for file in old.json new.json; do
        tried="run -o $file with ulimit -f 1 and trap '$signal' XFSZ"
        status=0
        (
            ulimit -f 1
            trap "$signal" XFSZ
            exec "$ccesim" run $contoso --quiet -o $file --force >/dev/null 2>err
        ) || status=$?
        exits 8
        says "$file: error[E801]: cannot write: File too large"
        check 'nothing is left beside it' [ -z "$(find . -name '.*.part')" ]
    done
done
check 'the old file is whole' cmp -s old.json first.json
check 'there is no new one' [ ! -e new.json ]

tried='run > /dev/full'
status=0
"$ccesim" run $contoso >/dev/full 2>err || status=$?
exits 8
says 'standard output: error[E801]: cannot write: No space left on device'
tried='run >&-'
status=0
"$ccesim" run $contoso >&- 2>err || status=$?
exits 8
says 'Bad file descriptor'
tried='run | head'
{ "$ccesim" metrics 2>err; echo $? >status; } | head -n 1 >/dev/null
check 'a reader that leaves early is no error' [ "$(cat status)" -eq 0 ]
check 'and nobody complains' [ ! -s err ]

check 'no half-written file is left' [ -z "$(find . -name '*.part')" ]
done_testing

#!/bin/sh
# Result files: interrupted, in parts, merged and printed again, the same experiment gives the same bytes.
. "$(dirname -- "$0")/words.sh"

try run $contoso --replications 4 -o whole.db -o whole.json -o whole.csv
cp out whole.txt
expected=$status
for part in 3 1 2; do
    try run $contoso --replications 4 --shard $part/3 -o part-$part
    exits 0
    answers "shard $part/3"
done
mv $contoso gone.lua
try merge part-2 part-3 part-1 -o merged.db -o merged.json -o merged.csv
exits "$expected"
check 'the answer is that of one process' cmp -s out whole.txt
check 'the document is that of one process' cmp -s merged.json whole.json
check 'the table is that of one process' cmp -s merged.csv whole.csv
try report merged.db -o again.json
exits "$expected"
check 'it is printed again as it was' cmp -s out whole.txt
check 'and written again' cmp -s again.json whole.json
mv gone.lua $contoso

try merge part-1 part-3
says 'PARTIAL: 3 of 4 replications are done'
exits 130
try merge part-1 whole.csv
exits 4
says 'whole.csv: error[E611]: is no result file, or is damaged'
try run $contoso --replications 4 --shard 4/3 -o part
exits 2
try run $contoso --replications 4 --shard 1/3
exits 2
says '-o part.db, and nothing else'
try run $contoso --shard auto -o part
exits 2
says 'this process is none of an array'
SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=5
export SLURM_ARRAY_TASK_ID SLURM_ARRAY_TASK_COUNT SLURM_ARRAY_TASK_MIN
try run $contoso --replications 4 --shard auto -o part-auto
exits 0
answers 'shard 3/3'
unset SLURM_ARRAY_TASK_ID SLURM_ARRAY_TASK_COUNT SLURM_ARRAY_TASK_MIN

# What never began leaves no file.
echo 'cce.nothing {}' >broken.lua
try run broken.lua -o never.db
exits 3
check 'there is no file' [ ! -e never.db ]

# More of the same goes into the same file; anything else is refused, and the file stays as it is.
try run $contoso --replications 2 -o grown.db
try run $contoso --replications 3..4 -o grown.db
check 'it has grown to the whole' cmp -s out whole.txt
cp grown.db before.db
try run $contoso --replications 4 --seed 7 -o grown.db
exits 8
says 'holds another experiment: its seed is 42, not 7'
echo '-- edited' >>$contoso
try run $contoso --replications 4 -o grown.db
exits 8
says 'was changed'
try run $contoso --replications 4 -o data/contoso/users.csv
exits 8
check 'it is as it was' cmp -s grown.db before.db

# Killed at any moment, what was finished is safe and the rest is run again.
cp "$root/scenarios/contoso-patch-weeks.lua" .
for moment in 0.05 0.2 0.4; do
    rm -f killed.db*
    "$ccesim" run $contoso --replications 4 --jobs 1 --quiet -o killed.db >/dev/null 2>&1 &
    sleep $moment
    kill -9 $! 2>/dev/null
    wait $! 2>/dev/null
    try run $contoso --replications 4 -o killed.db -o killed.json --force
    check "killed after $moment s, it is the whole" cmp -s killed.json whole.json
    try report killed.db
    check "killed after $moment s, it is printed as the whole" cmp -s out whole.txt
done

cp -R "$root/scenarios/policies" "$root/scenarios/patch-tuesday.lua" .
try compare patch-tuesday.lua --replications 2 -o all.db -o all.json -o all.csv
exits 0
answers 'policies'
cp out compared.txt
for part in 1 2; do try compare patch-tuesday.lua --replications 2 --jobs 1 --shard $part/2 -o half-$part; done
try merge half-2 half-1 -o halves.json -o halves.csv
check 'the ranking is that of one process' cmp -s out compared.txt
check 'its document too' cmp -s halves.json all.json
check 'and its table' cmp -s halves.csv all.csv
try compare $contoso --metric calls_lots
exits 2
says 'is no metric; did you mean "calls_lost"?'
printf 'local cce = require "ccesim"\ncce.site "A" { appliances = 1, size = "small", channels = 30, users = 10 }\nreturn cce.run { from = "2019-11-11", length = "1d" }\n' >one.lua
try compare one.lua
exits 3
says 'there is nothing to compare'
done_testing

#!/bin/sh
# A scenario that cannot be read or never ends is the scenario's fault, named as the user would open it.
. "$(dirname -- "$0")/words.sh"

try run missing.lua
exits 3
silent
says 'missing.lua: error[E401]: cannot open: No such file or directory'
mkdir folder
try run folder
exits 3
says 'folder: error[E401]: is a directory'
mkfifo pipe.lua
try run pipe.lua
exits 3
says 'pipe.lua: error[E401]: is no regular file'

mkdir below
printf 'local cce = require "ccesim"\nlocal x = = 3\n' >below/broken.lua
try run below/broken.lua --jobs 2 --replications 4
exits 3
silent
says 'below/broken.lua:2: error'
check 'one mistake is told once' [ "$(grep -c error err)" -eq 1 ]
try check below/broken.lua
exits 3
says 'below/broken.lua:2: error'

printf 'while true do end\n' >endless.lua
try run endless.lua
exits 3
says 'endless.lua'

rm data/contoso/users.csv
try run $contoso
exits 4
silent
says 'data/contoso/users.csv'
done_testing

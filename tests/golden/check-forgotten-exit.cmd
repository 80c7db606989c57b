# exit 0
# paragraph forgotten-exit.lua
check tests/golden/input/forgotten-exit.lua

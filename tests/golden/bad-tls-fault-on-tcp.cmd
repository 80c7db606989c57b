# exit 3
run tests/golden/input/tls-fault-on-tcp.lua

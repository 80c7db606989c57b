# exit 3
topology tests/golden/input/common-cause-twice.lua

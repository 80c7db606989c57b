# exit 0
topology tests/golden/input/common-cause.lua --dot

-- ends with E114
debug.sethook()

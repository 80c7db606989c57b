-- ends with E114
collectgarbage "stop"

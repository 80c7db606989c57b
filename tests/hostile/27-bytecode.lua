-- ends with E114
load(string.dump(function() end), "b", "b")

-- ends with E114
table.move({}, 1, 100000000000, 2)

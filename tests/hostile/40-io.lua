-- ends with E114
io.open("secret")

-- ends with E114
os.exit()

process.stderr.write('no such module: pickle\n')
process.exit(3)

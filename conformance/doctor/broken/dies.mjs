process.stderr.write('cannot find module pickle\n')
process.exit(3)

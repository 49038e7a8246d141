// It waits for something else.
setInterval(() => {}, 1000)
process.stdin.on('end', () => process.exit(0)).resume()

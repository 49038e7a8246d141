/** The pickle with other bytes between two places. */
export function replaceBytes(
  pickle: Uint8Array,
  start: number,
  end: number,
  instead: Uint8Array | readonly number[],
): Uint8Array {
  const whole = new Uint8Array(pickle.length - (end - start) + instead.length)
  whole.set(pickle.subarray(0, start))
  whole.set(instead, start)
  whole.set(pickle.subarray(end), start + instead.length)
  return whole
}

/** Text of one character a byte as bytes. */
export function bytesOfText(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

/** Arrays of twice the length that begin as these do. */
export function widerInts(array: Int32Array): Int32Array<ArrayBuffer> {
  const wide = new Int32Array(2 * array.length)
  wide.set(array)
  return wide
}

/** The same of doubles. */
export function widerDoubles(array: Float64Array): Float64Array<ArrayBuffer> {
  const wide = new Float64Array(2 * array.length)
  wide.set(array)
  return wide
}

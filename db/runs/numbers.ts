/** Whole numbers that Postgres sent as one value, eight bytes each: taking thousands of rows apart takes longer than finding them. */
export function readWholeNumbers(bytes: Uint8Array | null): Float64Array {
  if (bytes === null) return new Float64Array();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const numbers = new Float64Array(bytes.length / 8);
  for (let n = 0; n < numbers.length; n++) {
    numbers[n] = view.getInt32(8 * n) * 2 ** 32 + view.getUint32(8 * n + 4);
  }
  return numbers;
}

/** Numbers with a fraction, sent in the same way. */
export function readDoubles(bytes: Uint8Array | null): Float64Array {
  if (bytes === null) return new Float64Array();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Float64Array.from(
    { length: bytes.length / 8 },
    (_, n) => view.getFloat64(8 * n),
  );
}

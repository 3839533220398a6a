type Bytes = Uint8Array<ArrayBuffer>;

/** Shorter, then plainer bytes, as long as `holds`. At most `tries` inputs are tried. */
export async function minimise(
  input: Bytes,
  holds: (smaller: Bytes) => Promise<boolean>,
  tries = 2_000,
): Promise<Bytes> {
  let smallest = input;
  let left = tries;
  const accepts = async (candidate: Bytes): Promise<boolean> => {
    if (left-- <= 0 || !(await holds(candidate))) return false;
    smallest = candidate;
    return true;
  };
  for (let size = smallest.length; size >= 1; size >>= 1) {
    for (let at = 0; at < smallest.length;) {
      const without = Uint8Array.of(...smallest.subarray(0, at), ...smallest.subarray(at + size));
      if (!(await accepts(without))) at += size;
    }
  }
  for (let at = 0; at < smallest.length; at++) {
    if (smallest[at] === PLAIN) continue;
    await accepts(smallest.with(at, PLAIN));
  }
  return smallest;
}

const PLAIN = 0x61; // "a"

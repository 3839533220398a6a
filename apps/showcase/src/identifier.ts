/**
 * A UUID version 7 (RFC 9562 §5.7): its order is the order of time, so that new rows go to the end of an index. Of those that
 * one process makes in one millisecond, later ones come later too (§6.2, method 1), up to 2,000 of them.
 *
 * `random` gives a number from 0 to 1; the seed passes its own, so that it makes the same tickets everywhere.
 */
export function uuid7(time: number = Date.now(), random: () => number = secureRandom): string {
  const hex = (digits: number): string =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, "0");
  const stamp = time.toString(16).padStart(12, "0");
  const variant = (8 + Math.floor(random() * 4)).toString(16);
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${random === secureRandom ? counted(time) : hex(3)}-${variant}${hex(3)}-${hex(6)}${hex(6)}`;
}

let last = { time: Number.NaN, count: 0 };

/** The twelve bits after the time: from a random number on, one more for each of the same millisecond. */
function counted(time: number): string {
  last = time === last.time ? { time, count: last.count + 1 } : { time, count: Math.floor(secureRandom() * 0x800) };
  return (last.count & 0xfff).toString(16).padStart(3, "0");
}

function secureRandom(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
}

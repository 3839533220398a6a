/** Neither the locale nor UTF-16's surrogates decide the order. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left === right) continue;
    // A surrogate is half of a code point above all others.
    const leftHigh = left >= 0xd800 && left < 0xe000;
    const rightHigh = right >= 0xd800 && right < 0xe000;
    return leftHigh === rightHigh ? left - right : leftHigh ? 1 : -1;
  }
  return a.length - b.length;
}

/** A sorted copy. Text without surrogates is in this order by its code units already, which the engine compares fastest. */
export function sorted(texts: Iterable<string>): string[] {
  const list = [...texts];
  return list.some((text) => SURROGATE.test(text)) ? list.sort(byCodePoint) : list.sort();
}

const SURROGATE = /[\ud800-\udfff]/;

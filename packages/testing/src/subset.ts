/** One place where a value is not what was expected. */
export interface Mismatch {
  /** JSON Pointer in fragment form (RFC 6901 §6): `#/tags/0`; `#` is the whole value. */
  readonly pointer: string;
  readonly message: string;
}

/** What vitest, jest and their like make with `expect.any(String)`. */
interface AsymmetricMatcher {
  asymmetricMatch(actual: unknown): boolean;
}

/**
 * Every place where `actual` does not have what `expected` asks for: an object may have more properties than expected,
 * an array may not have more items. A `RegExp` is tested against a string; `undefined` means absent.
 *
 * @example
 * mismatches({ id: "1", title: "Hot" }, { title: /^Cold/ }); // [{ pointer: "#/title", message: … }]
 */
export function mismatches(actual: unknown, expected: unknown, pointer = "#"): readonly Mismatch[] {
  if (isAsymmetricMatcher(expected)) {
    return expected.asymmetricMatch(actual) ? [] : [differ(pointer, show(expected), actual)];
  }
  if (expected instanceof RegExp) {
    return typeof actual === "string" && expected.test(actual)
      ? []
      : [differ(pointer, `text like ${expected}`, actual)];
  }
  if (expected instanceof Uint8Array) {
    const same =
      actual instanceof Uint8Array &&
      actual.length === expected.length &&
      expected.every((byte, i) => byte === actual[i]);
    return same ? [] : [differ(pointer, show(expected), actual)];
  }
  if (Array.isArray(expected))
    return Array.isArray(actual) ? ofItems(actual, expected, pointer) : [differ(pointer, show(expected), actual)];
  if (isObject(expected)) {
    const plain = expected instanceof Date ? expected.toJSON() : expected;
    if (!isObject(plain)) return mismatches(actual, plain, pointer);
    return isObject(actual) && !Array.isArray(actual)
      ? Object.entries(plain).flatMap(([key, value]) =>
          mismatches(Object.hasOwn(actual, key) ? actual[key] : undefined, value, `${pointer}/${escape(key)}`),
        )
      : [differ(pointer, show(expected), actual)];
  }
  return Object.is(actual, expected) ? [] : [differ(pointer, show(expected), actual)];
}

/** A value as a person reads it in one line, cut when long. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value instanceof Uint8Array)
    return `${value.length} bytes [${value.subarray(0, 16).join(" ")}${value.length > 16 ? " …" : ""}]`;
  if (isAsymmetricMatcher(value)) return String(value);
  const text = JSON.stringify(value, (_, part: unknown) =>
    part instanceof RegExp ? String(part) : typeof part === "bigint" ? `${part}n` : part,
  );
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

function ofItems(actual: readonly unknown[], expected: readonly unknown[], pointer: string): readonly Mismatch[] {
  const found = expected.flatMap((item, i) => mismatches(actual[i], item, `${pointer}/${i}`));
  const more = actual.length - expected.length;
  return more > 0 ? [...found, { pointer, message: `expected ${expected.length} items, got ${actual.length}` }] : found;
}

function differ(pointer: string, expected: string, actual: unknown): Mismatch {
  return { pointer, message: `expected ${expected}, got ${show(actual)}` };
}

/** RFC 6901 §3. */
function escape(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isAsymmetricMatcher(value: unknown): value is AsymmetricMatcher {
  return isObject(value) && typeof value["asymmetricMatch"] === "function";
}

/** What no handler may ever be given, whatever its schema lets pass. */

const BASES: readonly object[] = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  String.prototype,
  Map.prototype,
];
const before = BASES.map((base) => Reflect.ownKeys(base).length);

/** Whether something of a request has reached what all objects inherit. */
export function pollution(): readonly string[] {
  const faults = BASES.filter((base, i) => Reflect.ownKeys(base).length !== before[i]).map(
    (base) => `${base.constructor.name}.prototype has other keys`,
  );
  const probe: Record<string, unknown> = {};
  for (const name of ["polluted", "isAdmin", "admin", "role"]) if (name in probe) faults.push(`{}.${name} is there`);
  return faults;
}

/** Values of foreign prototypes, or with keys that lead to one, within what came of a request. */
export function foreign(value: unknown, path = "value"): readonly string[] {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array || isOpaque(value)) return [];
  const prototype: unknown = Object.getPrototypeOf(value);
  const faults: string[] = [];
  if (!isPlain(prototype)) faults.push(`${path} has a foreign prototype`);
  for (const key of Object.keys(value)) {
    const inner = Object.getOwnPropertyDescriptor(value, key)?.value as unknown;
    // Texts under any name do no harm in an object that has no prototype; an object would, wherever it is assigned to.
    if (key === "__proto__" && (prototype === Object.prototype || !isText(inner)))
      faults.push(`${path} has a key __proto__`);
    faults.push(...foreign(inner, `${path}.${key}`));
  }
  return faults;
}

/** Prototypes that hold nothing a request could have said: those of the language, or empty ones that inherit nothing. */
function isPlain(prototype: unknown): boolean {
  if (prototype === null || prototype === Object.prototype || prototype === Array.prototype) return true;
  return (
    typeof prototype === "object" &&
    Object.getPrototypeOf(prototype) === null &&
    Reflect.ownKeys(prototype).length === 0
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string" || (Array.isArray(value) && value.every((each) => typeof each === "string"));
}

function isOpaque(value: object): boolean {
  return value instanceof Blob || value instanceof ReadableStream || Symbol.asyncIterator in value;
}

export function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let deepest = 0;
  for (const inner of Object.values(value)) deepest = Math.max(deepest, depthOf(inner));
  return deepest + 1;
}

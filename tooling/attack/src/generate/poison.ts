/** Names by which a request reaches for what all objects inherit. */
import type { Random } from "../random.ts";

export const POISON: readonly string[] = [
  "__proto__",
  "constructor",
  "prototype",
  "constructor.prototype",
  "__proto__.polluted",
  "toString",
  "hasOwnProperty",
  "__defineGetter__",
  "valueOf",
  "\\u005f\\u005fproto\\u005f\\u005f",
  "__pro\\u0074o__",
  "then",
];

export function poisonedJson(random: Random): string {
  const name = random.pick(POISON);
  const evil = random.pick([
    '{"polluted":true,"isAdmin":true}',
    '{"prototype":{"polluted":true}}',
    "[]",
    "null",
    '"x"',
    '{"__proto__":{"admin":1}}',
  ]);
  const person = '"name":"Ada","age":36,"tags":[]';
  return random.pick([
    () => `{${person},"${name}":${evil}}`,
    () => `{"${name}":${evil},${person}}`,
    () => `{"name":"Ada","age":36,"tags":[{"${name}":${evil}}]}`,
    () => `{"a":{"b":[{"${name}":${evil}}]}}`,
    () => `[{"${name}":${evil}}]`,
    () => `{"constructor":{"prototype":{"polluted":true}}}`,
    () => `{"${name}":${evil},"${name}":${evil}}`,
  ])();
}

export function poisonedFields(random: Random): string {
  const name = random.pick(POISON.map((each) => each.replaceAll("\\u005f", "_")));
  const path = random.pick([
    name,
    `${name}[polluted]`,
    `${name}.polluted`,
    `a[${name}][polluted]`,
    `${name}[]`,
    `[${name}]`,
    `name[${name}]`,
    `%5f%5fproto%5f%5f`,
    `${name}%00`,
  ]);
  return random.pick([
    `${path}=true`,
    `name=Ada&age=36&tags=a&${path}=1&${path}=2`,
    path,
    `${path}=1&a=2&${path}[prototype][polluted]=3`,
  ]);
}

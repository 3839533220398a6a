/** Little to send and much to do: depth, counts, keys that collide, numbers that are none. */
import type { Random } from "../random.ts";
import { LIMITS } from "../subjects/inputs.ts";

/** Keys that share a hash in some engine, or turn an object into a sparse array. */
const integerKeys = (count: number, step: number): string[] =>
  Array.from({ length: count }, (_, i) => String(i * step));

export const NUMBERS: readonly string[] = [
  "1e400",
  "-1e400",
  "1e-400",
  "9007199254740993",
  "0.1e1",
  "-0",
  "1E5",
  "00",
  "+1",
  "0x10",
  "1_000",
  "Infinity",
  "NaN",
  "1.",
  ".5",
  "9".repeat(5000),
  `1${"0".repeat(400)}`,
  `0.${"0".repeat(4000)}1`,
];

export function jsonBomb(random: Random): string {
  const size = random.pick([20, 1000, 20_000]);
  return random.pick([
    () => "[".repeat(size) + "]".repeat(size),
    () => "[".repeat(size),
    () => '{"a":'.repeat(size / 10) + "1" + "}".repeat(size / 10),
    () => `{"tags":[${'"a",'.repeat(size / 10)}"a"],"name":"Ada","age":1}`,
    () => `[${"[],".repeat(size / 4)}[]]`,
    () =>
      `{${integerKeys(size / 10, random.pick([1, 65_536, 4_294_967_296]))
        .map((key) => `"${key}":1`)
        .join(",")}}`,
    () => `{"name":"${"\\u0041".repeat(size / 8)}","age":1,"tags":[]}`,
    () => `{"name":"${"\\".repeat(size)}`,
    () => `{"name":"Ada","age":${random.pick(NUMBERS)},"tags":[]}`,
    () => `${" ".repeat(size)}1`,
    () => `"${"a".repeat(size)}"`,
    () => `{"name":"Ada","name":{"x":1},"age":36,"age":-1,"tags":[],"tags":{}}`,
    () => "[".repeat(LIMITS.jsonDepth + random.below(3)) + "]".repeat(LIMITS.jsonDepth + 1),
    () => `"${"[".repeat(size)}"`,
  ])();
}

export function fieldsBomb(random: Random): string {
  const count = random.pick([10, 63, 64, 65, 300, 1500]);
  return random.pick([
    () => Array.from({ length: count }, (_, i) => `a[${i}]=1`).join("&"),
    () => Array.from({ length: count }, () => "a=1").join("&"),
    () => Array.from({ length: count }, () => "tag[]=1").join("&"),
    () => `a${"[a]".repeat(count)}=1`,
    () => `a${"[]".repeat(count)}=1`,
    () => "&".repeat(count * 3),
    () => "=".repeat(count * 3),
    () =>
      integerKeys(count, 65_536)
        .map((key) => `${key}=1`)
        .join("&"),
    () => `q=${"%41".repeat(count)}`,
    () => `q=${"+".repeat(count)}%`,
    () => `q=${"%".repeat(count)}`,
    () => `page=${random.pick(NUMBERS)}`,
    () => "page=1&page=2&page=3",
    () => `q=a&q[x]=1&page=1;page=2`,
  ])();
}

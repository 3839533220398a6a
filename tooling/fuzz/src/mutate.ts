/** Changes to an input: of bits, of words of its format, of whole pieces of it. */
import type { Random } from "./random.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface Material {
  readonly words: readonly Bytes[];
  readonly separators: readonly string[];
  readonly longest: number;
  /** Another input that is worth something, to take parts of. */
  readonly other: () => Bytes;
}

type Mutation = (input: Bytes, random: Random, material: Material) => Bytes;

/** A new input, one to eight mutations away. */
export function mutate(input: Bytes, random: Random, material: Material): Bytes {
  let mutated = input;
  for (let left = 1 << random.below(4); left > 0; left--) {
    mutated = random.pick(mutations)(mutated, random, material);
    if (mutated.length > material.longest) mutated = mutated.slice(0, material.longest);
  }
  return mutated;
}

const EDGES = [0, 1, 2, 63, 64, 65, 70, 127, 128, 255, 256, 257, 1023, 1024, 65_535, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]
  .map(String)
  .concat("-1", "0.1", "1e3", "00", "9007199254740991", "9007199254740992", "18446744073709551616", "1e309");
const NUMBERS = EDGES.map((text) => Buffer.from(text));

const flipBit: Mutation = (input, random) => {
  const copy = input.slice();
  const at = random.below(copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
  return copy;
};

const setByte: Mutation = (input, random) => {
  const copy = input.slice();
  copy[random.below(copy.length)] = random.below(256);
  return copy;
};

const insertByte: Mutation = (input, random) => {
  const at = random.below(input.length + 1);
  return joined(input.subarray(0, at), Uint8Array.of(random.below(256)), input.subarray(at));
};

const dropRange: Mutation = (input, random) => {
  const [from, to] = range(input, random);
  return joined(input.subarray(0, from), input.subarray(to));
};

/** Once as a rule; often enough to pass a limit now and then. */
const repeatRange: Mutation = (input, random, { longest }) => {
  const [from, to] = range(input, random);
  const times = random.below(4) > 0 ? 1 : random.pick([4, 16, 64, 256]);
  const most = Math.max(1, Math.min(times, Math.floor(longest / (to - from || 1))));
  return joined(
    input.subarray(0, to),
    ...Array.from({ length: most }, () => input.subarray(from, to)),
    input.subarray(to),
  );
};

const insertWord: Mutation = (input, random, { words }) => {
  const at = random.below(input.length + 1);
  return joined(input.subarray(0, at), random.pick(words), input.subarray(at));
};

const overwriteWithWord: Mutation = (input, random, { words }) => {
  const word = random.pick(words);
  const at = random.below(input.length + 1);
  return joined(input.subarray(0, at), word, input.subarray(at + word.length));
};

/** A number in the text becomes one at an edge. */
const changeNumber: Mutation = (input, random) => {
  const from = input.findIndex((byte, at) => isDigit(byte) && (random.below(3) > 0 || !isDigit(input[at + 1])));
  if (from === -1) return input;
  let to = from;
  while (isDigit(input[to])) to++;
  return joined(input.subarray(0, from), random.pick(NUMBERS), input.subarray(to));
};

const splice: Mutation = (input, random, { other }) => {
  const taken = other();
  const [from, to] = range(taken, random);
  const [start, end] = range(input, random);
  return joined(
    input.subarray(0, start),
    taken.subarray(from, to),
    input.subarray(random.below(2) === 0 ? start : end),
  );
};

/** Whole pieces, as the format has them: one is moved, doubled, dropped, or taken from another input. */
const rearrange: Mutation = (input, random, { separators, other }) => {
  if (separators.length === 0) return input;
  const separator = random.pick(separators);
  const pieces = Buffer.from(input).toString("latin1").split(separator);
  const at = random.below(pieces.length);
  const piece = pieces[at] ?? "";
  const to = random.below(pieces.length + 1);
  const changed = [
    () => pieces.toSpliced(at, 1),
    () => pieces.toSpliced(to, 0, piece),
    () => pieces.toSpliced(at, 1).toSpliced(to, 0, piece),
    () => pieces.toSpliced(to, 0, random.pick(Buffer.from(other()).toString("latin1").split(separator))),
  ][random.below(4)];
  return fromLatin1((changed?.() ?? pieces).join(separator));
};

const swapCase: Mutation = (input, random) => {
  const copy = input.slice();
  const [from, to] = range(copy, random);
  for (let i = from; i < to; i++) if (isLetter(copy[i])) copy[i] = (copy[i] ?? 0) ^ 0x20;
  return copy;
};

/** A char is written as its percent escape. */
const escapeByte: Mutation = (input, random) => {
  const at = random.below(input.length);
  const byte = input[at];
  if (byte === undefined) return input;
  const hex = byte.toString(16).padStart(2, "0");
  return joined(
    input.subarray(0, at),
    Buffer.from(`%${random.below(2) === 0 ? hex : hex.toUpperCase()}`),
    input.subarray(at + 1),
  );
};

const mutations: readonly Mutation[] = [
  flipBit,
  setByte,
  insertByte,
  dropRange,
  repeatRange,
  insertWord,
  insertWord,
  overwriteWithWord,
  changeNumber,
  splice,
  rearrange,
  rearrange,
  swapCase,
  escapeByte,
];

function range(input: Uint8Array, random: Random): readonly [from: number, to: number] {
  const from = random.below(input.length + 1);
  const length = random.below(Math.min(input.length - from, 1 << random.below(9)) + 1);
  return [from, from + length];
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && (byte | 0x20) >= 97 && (byte | 0x20) <= 122;
}

function joined(...parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function fromLatin1(text: string): Bytes {
  return Uint8Array.from(Buffer.from(text, "latin1"));
}

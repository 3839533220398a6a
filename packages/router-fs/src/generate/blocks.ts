/** Long texts of many parts, put together again from the blocks that did not change. */
import type { Part } from "./part.ts";

export interface Blocks {
  /** The parts' texts, one after the other. */
  join(parts: readonly Part[]): string;
}

/** @param textOf a part's text; asked only for parts of blocks that changed */
export function createBlocks(textOf: (part: Part) => string): Blocks {
  let known = new Map<Part, Block>();

  function join(parts: readonly Part[]): string {
    const next = new Map<Part, Block>();
    const texts: string[] = [];
    for (let from = 0; from < parts.length;) {
      // A block ends where a part says so, not after so many: one more part moves no other block.
      let to = from + 1;
      while (to < parts.length && parts[to - 1]?.endsBlock !== true) to++;
      const first = parts[from];
      if (first === undefined) break;
      const block = sameBlock(known.get(first), parts, from, to) ?? made(parts.slice(from, to));
      next.set(first, block);
      texts.push(block.text);
      from = to;
    }
    known = next;
    return texts.join("");
  }

  function made(parts: readonly Part[]): Block {
    return { parts, text: parts.map(textOf).join("") };
  }

  return { join };
}

interface Block {
  readonly parts: readonly Part[];
  readonly text: string;
}

function sameBlock(block: Block | undefined, parts: readonly Part[], from: number, to: number): Block | undefined {
  if (block?.parts.length !== to - from) return undefined;
  for (let at = from; at < to; at++) if (block.parts[at - from] !== parts[at]) return undefined;
  return block;
}

/** About one name in sixty-four, always the same ones. */
export function endsBlock(name: string): boolean {
  let hash = 0;
  for (let at = 0; at < name.length; at++) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) | 0;
  return ((hash ^ (hash >>> 15)) & 63) === 0;
}

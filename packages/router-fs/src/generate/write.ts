/** The output folder: written whole or not at all, file by file, and held against what should stand in it. */
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { byCodePoint } from "../order.ts";
import { isMissing } from "../disk.ts";

export interface Output {
  /** Writes what differs and removes the types of files that are gone. Gives the paths that it touched. */
  write(texts: ReadonlyMap<string, string>): Promise<readonly string[]>;
  /** What is missing, differs, or should be gone; always as the disk has it now. */
  stale(texts: ReadonlyMap<string, string>): Promise<readonly string[]>;
  /** Somebody else wrote there. */
  forget(): void;
}

export function outputAt(folder: string): Output {
  /** What the disk holds, after the first write; so a later one asks it nothing. */
  let known: Map<string, string> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** One after another, so that the later text stays. */
  function write(texts: ReadonlyMap<string, string>): Promise<readonly string[]> {
    const written = last.catch(() => undefined).then(async () => writeNow(texts));
    last = written;
    return written;
  }

  async function writeNow(texts: ReadonlyMap<string, string>): Promise<readonly string[]> {
    const before = known ?? (await readAll(folder, texts));
    known = undefined; // until all is written
    const changed = [...texts].filter(([path, text]) => before.get(path) !== text);
    const gone = [...before.keys()].filter((path) => !texts.has(path));
    const folders = new Set(changed.map(([path]) => dirname(join(folder, path))));
    await inTurns(folders, async (path) => mkdir(path, { recursive: true }));
    await inTurns(changed, async ([path, text]) => writeWhole(join(folder, path), text));
    await inTurns(gone, async (path) => rm(join(folder, path), { force: true }));
    for (const path of gone) await removeEmpty(folder, dirname(path));
    known = new Map(texts);
    return [...changed.map(([path]) => path), ...gone].sort(byCodePoint);
  }

  async function stale(texts: ReadonlyMap<string, string>): Promise<readonly string[]> {
    const now = await readAll(folder, texts);
    const wrong = [...texts].filter(([path, text]) => now.get(path) !== text).map(([path]) => path);
    return [...wrong, ...[...now.keys()].filter((path) => !texts.has(path))].sort(byCodePoint);
  }

  return {
    write,
    stale,
    forget() {
      known = undefined;
    },
  };
}

/** Readers see the old text or the new one, never half of it: a rename within one folder is atomic. */
async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.${(counter++).toString(36)}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
let counter = 0;

/** What stands where texts should be, and every file below `types`. */
async function readAll(folder: string, texts: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const paths = new Set([...texts.keys(), ...(await filesBelow(folder, "types"))]);
  const found = new Map<string, string>();
  await inTurns(paths, async (path) => {
    try {
      found.set(path, await readFile(join(folder, path), "utf8"));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  });
  return found;
}

async function filesBelow(folder: string, below: string): Promise<string[]> {
  try {
    const entries = await readdir(join(folder, below), { withFileTypes: true });
    const files = await Promise.all(
      entries.map(async (entry) => {
        const path = `${below}/${entry.name}`;
        return entry.isDirectory() ? filesBelow(folder, path) : [path];
      }),
    );
    return files.flat();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function removeEmpty(folder: string, path: string): Promise<void> {
  for (let below = path; below !== "." && below !== ""; below = dirname(below)) {
    try {
      await rmdir(join(folder, below));
    } catch {
      return; // not empty, or gone already
    }
  }
}

/** A few at a time: ten thousand open files are more than most systems give. */
async function inTurns<T>(items: Iterable<T>, work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true; next = queue.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}

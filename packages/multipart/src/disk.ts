import { randomUUID } from "node:crypto";
import { access, constants, mkdir, open, rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Declared, type Fail, type Problem, problem, type Provider, provide } from "@openspeed/core";
import type { Upload } from "./uploads.ts";

export interface DiskOptions {
  /** Where files are kept: a path from where the process was started, or a `file:` URL. Made if it is not there. */
  readonly folder: string | URL;
}

/** A file that has arrived whole and is on the disk. */
export interface SavedFile {
  /** In the folder, under a name of ours: what a client calls its file is never a path. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** Files that one request saves. */
export interface Disk {
  /** Writes a file as it arrives: a part of one is never found under its path. */
  save(file: Upload | Blob): Promise<SavedFile>;
}

interface DiskProblems {
  readonly [name: string]: Problem;
  readonly insufficientStorage: Problem<507, undefined>;
}

/** The folder, when it is there and can be written to. */
type Folder = Provider<"diskFolder", string, Declared<{}, []>>;

const problems: DiskProblems = { insufficientStorage: problem(507, "Insufficient storage") };

/**
 * Gives `disk`, which saves uploaded files into a folder. They stay if the request goes well: one that fails (its client left,
 * its time was over, its handler threw) takes along what it had saved. A full disk, or a used up quota, is the problem
 * `insufficientStorage` (507, RFC 4918 §11.5). An app whose folder cannot be written to does not start.
 *
 * @throws TypeError `OS_DISK_FOLDER` where no folder is named; when the app starts, where it cannot be made or written to
 * @example
 * app.post("/videos", { use: [disk({ folder: "./.data/videos" })], body: uploads({ files: { video: {} } }) },
 *   async ({ body, disk }) => {
 *     for await (const file of body.files) await disk.save(file);
 *   });
 */
export function disk({ folder }: DiskOptions): Provider<"disk", Disk, Declared<DiskProblems, [Folder]>> {
  const path = pathOf(folder);
  const place: Folder = provide("diskFolder", { scope: "app" }, () => openFolder(path));
  return provide(
    "disk",
    {
      use: [place],
      problems,
      dispose: (files: SavingDisk, { error }) => (error === undefined ? undefined : files.forget()),
    },
    ({ diskFolder, fail }) => new SavingDisk(diskFolder, fail),
  );
}

/** An empty path would be the working directory, which a variable that is not set must not choose. */
function pathOf(folder: string | URL): string {
  if (typeof folder === "string" && folder !== "") return resolve(folder);
  if (folder instanceof URL && folder.protocol === "file:") return fileURLToPath(folder);
  throw wrongFolder(`disk({ folder }) is ${JSON.stringify(folder)}.`);
}

async function openFolder(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.W_OK);
    return path;
  } catch (cause) {
    const why = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
    throw wrongFolder(`The folder ${path} of disk() cannot be made or written to${why}.`, cause);
  }
}

function wrongFolder(wrong: string, cause?: unknown): TypeError {
  return new TypeError(`OS_DISK_FOLDER: ${wrong} Name a folder that this process may write to.`, { cause });
}

class SavingDisk implements Disk {
  readonly #folder: string;
  readonly #fail: Fail<DiskProblems>;
  readonly #paths: string[] = [];
  #failed = false;

  constructor(folder: string, fail: Fail<DiskProblems>) {
    this.#folder = folder;
    this.#fail = fail;
  }

  async save(file: Upload | Blob): Promise<SavedFile> {
    const path = resolve(this.#folder, randomUUID());
    const arriving = `${path}.part`;
    try {
      await mkdir(this.#folder, { recursive: true });
      const size = await write(arriving, this.#wanted(file instanceof Blob ? file.stream() : file));
      await rename(arriving, path);
      this.#paths.push(path);
      if (this.#failed) await this.forget();
      this.#goOn();
      return { path, size };
    } catch (error) {
      await rm(arriving, { force: true }).catch(() => {}); // the first error is the one to tell
      if (isFull(error)) return this.#fail.insufficientStorage();
      throw error;
    }
  }

  /** A handler may end while it saves still; what is under way then is given up at its next chunk, and waited for by nobody. */
  async *#wanted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    this.#goOn();
    for await (const chunk of chunks) {
      this.#goOn();
      yield chunk;
    }
  }

  #goOn(): void {
    if (this.#failed) throw new DOMException("The request has failed, so its files are not kept.", "AbortError");
  }

  async forget(): Promise<void> {
    this.#failed = true;
    await Promise.all(this.#paths.map((path) => rm(path, { force: true })));
  }
}

/** What is written is also kept: a disk may notice that it is full only when it is told to. */
async function write(path: string, chunks: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await open(path, "wx", 0o600);
  try {
    let size = 0;
    for await (const chunk of chunks) {
      await file.writeFile(chunk); // goes on where the last one ended
      size += chunk.length;
    }
    await file.sync();
    return size;
  } finally {
    await file.close();
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}

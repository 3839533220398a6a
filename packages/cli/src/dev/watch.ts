import { type Dirent, type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { join, sep } from "node:path";

export interface Watch {
  close(): void;
}

export interface WatchOptions {
  readonly root: string;
  /** Folders that are not looked into, by their path from the root with `/`. */
  readonly ignore: (path: string) => boolean;
  /** Told at the first sign of a change, before it is clear what changed. */
  readonly onSeen: () => void;
  /** Told of files that were made, written or removed, by their path from the root with `/`; each at least once after its last write. */
  readonly onChange: (paths: readonly string[]) => void;
}

/**
 * Writers truncate before they write, and editors replace: what comes within this many milliseconds is one save. No event
 * is dropped for it, so the last save always wins.
 */
const SETTLE_MS = 4;
/** A stream of writes is not waited for longer than this. */
const PATIENCE_MS = 40;

/**
 * Watches a project's files, the same way on Node, Bun and Deno: one watcher a folder where the system has no recursive one.
 */
export function watchFiles({ root, ignore, onSeen, onChange }: WatchOptions): Watch {
  const recursive = process.platform === "darwin" || process.platform === "win32";
  const folders = new Map<string, FSWatcher>();
  const changed = new Set<string>();
  let first = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function note(path: string): void {
    if (closed || path === "" || ignore(path)) return;
    if (changed.size === 0) {
      first = performance.now();
      onSeen();
    }
    changed.add(path);
    if (timer !== undefined && performance.now() - first > PATIENCE_MS) return;
    clearTimeout(timer);
    timer = setTimeout(tell, SETTLE_MS);
  }

  function tell(): void {
    timer = undefined;
    const paths = [...changed];
    changed.clear();
    if (paths.length > 0) onChange(paths);
  }

  /** Watches a folder and those below it. What is in a folder that is new is new as well. */
  function open(path: string, isNew: boolean): void {
    if (closed || folders.has(path) || (path !== "" && ignore(path))) return;
    const folder = join(root, path);
    try {
      const watcher = watch(folder, { recursive, persistent: true });
      folders.set(path, watcher);
      watcher.on("change", (event, name) => seen(event, path, String(name)));
      watcher.on("error", () => forget(path));
    } catch {
      return; // gone again
    }
    if (!recursive) for (const entry of entriesOf(folder)) enter(joined(path, entry.name), entry, isNew);
  }

  function enter(path: string, entry: Dirent, isNew: boolean): void {
    if (entry.isDirectory()) open(path, isNew);
    else if (isNew) note(path);
  }

  function seen(event: string, folder: string, name: string): void {
    const path = joined(folder, name.split(sep).join("/"));
    if (ignore(path)) return;
    note(path);
    if (recursive || event !== "rename") return;
    // A folder that was replaced has a watcher that hears nothing more.
    if (folders.has(path)) forget(path);
    if (isFolder(join(root, path))) open(path, true);
  }

  function forget(path: string): void {
    for (const [each, watcher] of folders) {
      if (each !== path && !each.startsWith(`${path}/`)) continue;
      watcher.close();
      folders.delete(each);
    }
  }

  open("", false);
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      for (const watcher of folders.values()) watcher.close();
      folders.clear();
    },
  };
}

function joined(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

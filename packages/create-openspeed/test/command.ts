/** The real command, from source, in a folder of its own. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { begin, type Begun, run, type Said } from "./packed/run.ts";

const bin = join(import.meta.dirname, "../bin/create-openspeed.js");

export interface Room extends Disposable {
  readonly root: string;
  /** Runs the command without a terminal. */
  create(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Said>;
  /** Begins it, for who will stop it. */
  start(args: readonly string[], env: Readonly<Record<string, string>>): Begun;
  write(file: string, text: string): void;
  read(file: string): string;
  /** Everything below a folder, sorted. */
  list(folder: string): readonly string[];
  /** Takes away the right to write. */
  lock(folder: string): void;
}

export function room(): Room {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "create-openspeed-")));
  return {
    root,
    create: (args, env) => run(process.execPath, ["--conditions=@openspeed/source", bin, ...args], root, env),
    start: (args, env) => begin(process.execPath, ["--conditions=@openspeed/source", bin, ...args], root, env),
    write(file, text) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    },
    read: (file) => readFileSync(join(root, file), "utf8"),
    list: (folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .map((path) => path.replaceAll("\\", "/"))
        .toSorted(),
    lock: (folder) => chmodSync(join(root, folder), 0o500),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

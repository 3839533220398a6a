/** Projects in temporary folders, and the real command run in them. */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const bin = join(here, "../bin/openspeed.js");

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface TestProject extends Disposable {
  readonly root: string;
  write(files: Readonly<Record<string, string>>): void;
  /** Runs the command in this project, without a terminal. */
  openspeed(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Said>;
  git(...args: readonly string[]): Promise<string>;
}

/** A project of these files, or of a folder in `cases/`, with this package's own dependencies installed. */
export function project(from: string | Readonly<Record<string, string>>): TestProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "openspeed-cli-")));
  symlinkSync(join(here, "../node_modules"), join(root, "node_modules"), "junction");
  if (typeof from === "string") cpSync(join(here, "cases", from), root, { recursive: true });
  const made = projectAt(root);
  if (typeof from !== "string") made.write(from);
  return made;
}

/** A project whose routes are files. Its app imports what is generated, so it is written here: nobody else can check it. */
export function generatedProject(): TestProject {
  const files = project("files");
  files.write({
    "package.json": '{ "type": "module" }',
    "src/app.ts": `import { type App, createApp } from "@openspeed/core";
import routes from "../.openspeed/routes.ts";

export const app: App = createApp({ routes, strict: true });
`,
  });
  return files;
}

/** A project that is there already; the folder goes when the test ends. */
export function projectAt(root: string, remove: string = root): TestProject {
  return {
    root,
    write(files) {
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, file)), { recursive: true });
        writeFileSync(join(root, file), text);
      }
    },
    openspeed: (args, env = {}) => run(args, root, env),
    git: (...args) => git(args, root),
    [Symbol.dispose]: () => rmSync(remove, { recursive: true, force: true }),
  };
}

async function run(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<Said> {
  // What started these tests may say where packages are (pnpm's shims do); a project has only its own.
  const {
    NODE_ENV: _mode,
    NODE_PATH: _path,
    FORCE_COLOR: _force,
    NO_COLOR: _no,
    VITEST: _vitest,
    ...own
  } = process.env;
  const command = ["--conditions=@openspeed/source", bin, ...args];
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, command, { cwd, env: { ...own, ...env } }, (error, out, err) => {
      if (error !== null && typeof error.code !== "number") reject(error);
      else resolve({ code: Number(error?.code ?? 0), out: tidy(out), err: tidy(err) });
    });
    child.stdin?.end();
  });

  function tidy(text: string): string {
    return text.replaceAll(cwd, "<root>").trimEnd();
  }
}

async function git(args: readonly string[], cwd: string): Promise<string> {
  const as = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"];
  return new Promise((resolve, reject) => {
    execFile("git", [...as, ...args], { cwd }, (error, out, err) => {
      if (error === null) resolve(out.trim());
      else reject(new Error(`git ${args.join(" ")}: ${err}`));
    });
  });
}

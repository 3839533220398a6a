import { execFile } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { Fault } from "../fault.ts";
import { didYouMean } from "../nearest.ts";

/** A project as it stood at a git ref, in a temporary folder. */
export interface RefTree {
  /** The project's folder in there. */
  readonly root: string;
  remove(): Promise<void>;
}

/**
 * Writes the repository as it was at `ref` into a temporary folder, with today's `node_modules` linked into it. The
 * working tree and its index are not touched: git reads the ref into an index of its own.
 *
 * @throws Fault where there is no git, no repository, no such ref
 */
export async function readRef(ref: string, root: string): Promise<RefTree> {
  const top = await git(["rev-parse", "--show-toplevel"], root).catch((error: unknown) => {
    throw noRepository(error, root, ref);
  });
  const prefix = await git(["rev-parse", "--show-prefix"], root);
  const commit = await git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`], root).catch(
    async () => {
      throw await unknownRef(ref, root);
    },
  );
  const folder = await realpath(await mkdtemp(join(tmpdir(), "openspeed-ref-")));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const tree = join(folder, "tree");
    const index = { GIT_INDEX_FILE: join(folder, "index") };
    await git(["read-tree", commit], top, index);
    await git(["checkout-index", "--all", `--prefix=${tree}/`], top, index);
    const project = join(tree, prefix);
    if (!existsSync(project)) {
      throw new Fault({
        code: "OS_REF_WITHOUT_PROJECT",
        message: `This project did not exist at ${ref}: ${prefix} is not there.`,
        where: ref,
        mend: "Name a newer ref.",
      });
    }
    linkModules(top, tree, prefix);
    return { root: project, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Those of the project's folder and of every folder above it, up to the repository's own. */
function linkModules(top: string, tree: string, prefix: string): void {
  for (let place = prefix.replace(/\/$/, ""); ; place = dirname(place)) {
    const from = join(top, place, "node_modules");
    const to = join(tree, place, "node_modules");
    if (existsSync(from) && !existsSync(to)) {
      mkdirSync(dirname(to), { recursive: true });
      symlinkSync(from, to, "junction"); // the type counts on Windows only, where it needs no rights
    }
    if (place === "" || place === ".") return;
  }
}

async function git(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout } = await promisify(execFile)("git", [...args], {
    cwd,
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.trim();
}

function noRepository(error: unknown, root: string, ref: string): Fault {
  const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
  return missing
    ? new Fault({
        code: "OS_NO_GIT",
        message: "git is not installed, and a ref cannot be read without it.",
        where: ref,
        mend: "Install git, or give files that openspeed graph -o wrote.",
      })
    : new Fault({
        code: "OS_NO_REPOSITORY",
        message: "This folder is in no git repository, so it has no refs.",
        where: root,
        mend: "Run git init and commit, or give files that openspeed graph -o wrote.",
      });
}

async function unknownRef(ref: string, root: string): Promise<Fault> {
  const known = await git(["for-each-ref", "--format=%(refname:short)"], root).catch(() => "");
  return new Fault({
    code: "OS_UNKNOWN_REF",
    message: `There is neither a file nor a commit, branch or tag of this name.${didYouMean(ref, known.split("\n").filter(Boolean))}`,
    where: ref,
    mend: "Name a branch, tag or commit (git fetch brings those of others), or a file that openspeed graph -o wrote.",
  });
}

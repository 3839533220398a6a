import { runCommand } from "./run-command.ts";

/** Begins a repository, unless the folder is in one, or there is no Git. Tells whether it did. */
export async function beginRepository(folder: string): Promise<boolean> {
  const inside = await runCommand("git", ["rev-parse", "--is-inside-work-tree"], folder);
  if (inside.code === 0) return false;
  return (await runCommand("git", ["init", "--quiet", "--initial-branch=main"], folder)).code === 0;
}

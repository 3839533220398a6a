import { CreateError } from "./create-error.ts";
import { installArguments, type PackageManager } from "./package-manager.ts";
import { type Ended, runCommand } from "./run-command.ts";

/** What package managers say when a registry cannot be reached. */
const OFFLINE =
  /\b(?:ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|ERR_SOCKET_TIMEOUT|ConnectionRefused|FailedToOpenSocket)\b/;

/** Installs what a project needs. Why it could not is the answer, not an exception: the project is there all the same. */
export async function install(
  manager: PackageManager,
  folder: string,
  shown: string,
): Promise<CreateError | undefined> {
  const args = installArguments(manager);
  const ended = await runCommand(manager, args, folder);
  if (ended.code === 0) return undefined;
  const stopped = ended.signal !== undefined || ended.code === 130;
  const again = `${shown === "." ? "" : `cd ${shown} && `}${manager} install`;
  return new CreateError({
    code: stopped ? "OS_INSTALL_STOPPED" : "OS_INSTALL_FAILED",
    message: `The project is there, but ${stopped ? "installing was stopped." : reasonOf(ended, manager)}`,
    where: shown,
    mend: OFFLINE.test(ended.output) ? `When you are online: ${again}` : `Then: ${again}`,
  });
}

function reasonOf({ code, output }: Ended, manager: PackageManager): string {
  if (code === undefined) return `${manager} cannot be run: ${output}.`;
  if (OFFLINE.test(output)) return "what it needs could not be fetched: the package registry cannot be reached.";
  return `${manager} could not install what it needs:\n${lastLines(output)}`;
}

function lastLines(output: string): string {
  const lines = output
    .trimEnd()
    .split("\n")
    .filter((line) => !line.includes("A complete log of this run"));
  return lines
    .slice(-8)
    .map((line) => `    ${line}`)
    .join("\n");
}

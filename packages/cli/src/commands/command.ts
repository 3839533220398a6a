import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { Config } from "../config.ts";
import type { Terminal } from "../print/terminal.ts";

/** One run of the command line. */
export interface Session {
  readonly terminal: Terminal;
  /** The exit code, if nothing throws. */
  code: number;
  /** The project's folder, as soon as it is known: places in diagnostics are shown from there. */
  root: string;
}

/** The configuration of the project that `--cwd` names. */
export async function configOf(command: Command, session: Session): Promise<Config> {
  session.root = rootOf(command);
  const { loadConfig } = await import("../config.ts");
  return loadConfig(session.root);
}

/** The folder that `--cwd` names, or else the process's. */
export function rootOf(command: Command): string {
  return resolve(String(command.optsWithGlobals()["cwd"] ?? "."));
}

/** A port in an argument. */
export function portFrom(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new InvalidArgumentError("Give a whole number from 0 to 65535.");
  return port;
}

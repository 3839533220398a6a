import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { addCheck } from "./commands/check.ts";
import type { Session } from "./commands/command.ts";
import { addGenerate } from "./commands/generate.ts";
import { addGraph } from "./commands/graph.ts";
import { addNew } from "./commands/new.ts";
import { addOpenApi } from "./commands/openapi.ts";
import { addRoutes } from "./commands/routes.ts";
import { addBuild, addDev, addStart } from "./commands/serve.ts";
import { addTest } from "./commands/test.ts";
import { EXIT } from "./exit.ts";
import { diagnosticsOf } from "./fault.ts";
import { processTerminal, type Terminal } from "./print/terminal.ts";

/**
 * Runs the command line and gives its exit code. Nothing is thrown at a person: what is wrong is said in diagnostics.
 *
 * @example
 * process.exitCode = await main(["routes", "--json"]);
 */
export async function main(args: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  const session = { terminal, code: EXIT.fine, root: process.cwd() };
  const program = programFor(session);
  try {
    await program.parseAsync(args, { from: "user" });
    return session.code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.failed;
    await say(error, session);
    return EXIT.failed;
  }
}

function programFor(session: Session): Command {
  const { terminal } = session;
  const program = new Command("openspeed")
    .description("Develops, builds, checks and inspects an OpenSpeed app.")
    .version(version(), "-v, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .option("-C, --cwd <folder>", "the project's folder", ".")
    .showHelpAfterError("(openspeed --help shows every command)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
      outputError: (text, write) => write(text.replace(/^error:/, terminal.errStyle.red("error:"))),
      getOutHasColors: () => terminal.style.isColorSupported,
      getErrHasColors: () => terminal.errStyle.isColorSupported,
    })
    .configureHelp({
      styleTitle: (text) => terminal.style.bold(text),
      styleCommandText: (text) => terminal.style.cyan(text),
      styleSubcommandText: (text) => terminal.style.cyan(text),
      styleOptionText: (text) => terminal.style.cyan(text),
    })
    .addHelpText("after", EXIT_CODES);
  for (const add of [
    addDev,
    addBuild,
    addStart,
    addRoutes,
    addGraph,
    addOpenApi,
    addGenerate,
    addCheck,
    addNew,
    addTest,
  ])
    add(program, session);
  return program;
}

const EXIT_CODES = `
Exit codes:
  0  all is well
  1  something was found: by check or build, or a change by graph diff or openapi diff
  2  graph diff found routes that are no longer protected, openapi diff what breaks callers
  3  the command could not run: wrong arguments, a broken config, an app that cannot be loaded`;

async function say(error: unknown, { terminal, root }: Session): Promise<void> {
  const diagnostics = diagnosticsOf(error);
  if (diagnostics !== undefined) {
    const { printDiagnostics } = await import("./print/diagnostics.ts");
    terminal.err(printDiagnostics(diagnostics, root, terminal.errStyle));
    return;
  }
  // Nobody foresaw it, so the stack is what helps.
  terminal.err(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const isManifest = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return isManifest ? String(manifest.version) : "unknown";
}

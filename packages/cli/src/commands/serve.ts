import { type Command, Option } from "commander";
import { configOf, portFrom, type Session } from "./command.ts";

interface Listening {
  readonly port?: number;
  readonly host?: string;
}

interface DevOptions extends Listening {
  readonly runtime?: "node" | "bun" | "deno";
  readonly open?: true;
}

export function addDev(program: Command, session: Session): void {
  listening(program.command("dev"))
    .description("serve the app, and what is saved at once")
    .addOption(new Option("-r, --runtime <name>", "where the app runs").choices(["node", "bun", "deno"]))
    .option("-o, --open", "show it in a browser")
    .action(async ({ runtime, port, host, open }: DevOptions, command: Command) => {
      const config = await configOf(command, session);
      const { runDev } = await import("../dev/run.ts");
      session.code = await runDev(config, { runtime, port, host, open, terminal: session.terminal });
    });
}

export function addBuild(_program: Command, _session: Session): void {}
export function addStart(_program: Command, _session: Session): void {}

function listening(command: Command): Command {
  return command
    .option("-p, --port <number>", "where to listen; 0 takes a free port", portFrom)
    .option("--host <name>", "at which name or address");
}

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

export function addBuild(program: Command, session: Session): void {
  program
    .command("build")
    .description("build the app for Node, with what browsers load")
    .action(async (_options: object, command: Command) => {
      const config = await configOf(command, session);
      const { runBuild } = await import("../build/run.ts");
      session.code = await runBuild(config, { terminal: session.terminal });
    });
}

export function addStart(program: Command, session: Session): void {
  listening(program.command("start"))
    .description("run what was built")
    .action(async ({ port, host }: Listening, command: Command) => {
      const config = await configOf(command, session);
      const { runStart } = await import("../start.ts");
      session.code = await runStart(config, { port, host });
    });
}

function listening(command: Command): Command {
  return command
    .option("-p, --port <number>", "where to listen; 0 takes a free port", portFrom)
    .option("--host <name>", "at which name or address");
}

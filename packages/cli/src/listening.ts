import type { Config } from "./config.ts";
import { Fault } from "./fault.ts";

/** Where a command is told to listen, by flags. */
export interface ListeningFlags {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
}

export interface Listening {
  readonly port: number;
  readonly host: string;
}

/**
 * Where to listen: flags win over `PORT` and `HOST`, and those over the configuration.
 *
 * @throws Fault if `PORT` is no port
 */
export function listeningAt(
  flags: ListeningFlags,
  config: Pick<Config, "port" | "host">,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Listening {
  return { port: flags.port ?? portIn(env) ?? config.port, host: flags.host ?? (env["HOST"] || config.host) };
}

function portIn({ PORT: text }: Readonly<Record<string, string | undefined>>): number | undefined {
  if (text === undefined || text === "") return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new Fault({
    code: "OS_PORT_INVALID",
    message: `PORT is ${JSON.stringify(text)}, which is no port.`,
    where: "PORT",
    mend: "Give a whole number from 0 to 65535.",
  });
}

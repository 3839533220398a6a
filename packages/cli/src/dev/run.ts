import { realpathSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { ListenError, serve } from "@openspeed/adapter-node";
import type { Diagnostic } from "@openspeed/core";
import type { Config } from "../config.ts";
import { EXIT } from "../exit.ts";
import { listeningAt } from "../listening.ts";
import { printDiagnostics } from "../print/diagnostics.ts";
import { processTerminal, type Terminal } from "../print/terminal.ts";
import { ownRuntime, type Runtime } from "../vite/conditions.ts";
import { isNoSource } from "../vite/project-files.ts";
import { createChannel } from "./channel.ts";
import { createFront } from "./front.ts";
import { isKept } from "./generated-routes.ts";
import { createGenerations } from "./generations.ts";
import { openInBrowser } from "./open-in-browser.ts";
import { untilTold } from "./until-told.ts";
import { createReloader, type Witness } from "./reloader.ts";
import { runElsewhere } from "./runtime.ts";
import { watchFiles } from "./watch.ts";

export interface DevOptions {
  /** Where the app runs. Default: where this command runs. */
  readonly runtime?: Runtime | undefined;
  /** Default: `PORT`, else the configuration's. */
  readonly port?: number | undefined;
  /** Default: `HOST`, else the configuration's. */
  readonly host?: string | undefined;
  /** Whether to show the app in a browser. */
  readonly open?: boolean | undefined;
  readonly terminal?: Terminal;
}

/** How long answers under way are waited for at the end. */
const GRACE_MS = 2_000;

/**
 * Develops an app: serves it, and serves what is saved. Resolves with the exit code when it is told to stop, or cannot listen.
 *
 * @throws Fault when it has not the runtime, or `PORT` is no port
 */
export async function runDev(given: Config, options: DevOptions = {}): Promise<number> {
  const { runtime = ownRuntime(), terminal = processTerminal() } = options;
  const { port, host } = listeningAt(options, given);
  if (runtime !== ownRuntime()) return runElsewhere(runtime, given.root, { port, host, open: options.open === true });
  process.env["NODE_ENV"] ??= "development";
  if (runtime === "node") forgetTexts();
  const began = performance.now();
  const config = { ...given, root: realpathSync(given.root) };
  const { root } = config;
  const channel = createChannel();
  const generations = createGenerations((error) => terminal.err(String(error)));
  const witness = witnessFor(root, terminal);
  let url: string | undefined;
  let isReady = false;
  /** Says where the app answers, as soon as it does. */
  function announce(): void {
    if (isReady || url === undefined || generations.current === undefined) return;
    isReady = true;
    const { out, style } = terminal;
    out(
      `${style.green("ready")} ${style.bold(url)} ${style.dim(`${runtime}, ${Math.round(performance.now() - began)} ms`)}`,
    );
  }
  const reloader = createReloader({
    root,
    config,
    generations,
    tell: channel.tell,
    witness: {
      ...witness,
      reloaded(paths, ms) {
        witness.reloaded(paths, ms);
        announce();
      },
    },
  });
  const watch = watchFiles({
    root,
    ignore: (path) => isNoSource(path) && !isKept(path),
    onSeen: reloader.seen,
    onChange: reloader.changed,
  });
  const stop = untilTold();
  survive(terminal);
  try {
    await reloader.settled();
    const front = createFront({ generations, reloader, channel });
    const server = await serve(front, { port, hostname: host, signals: false });
    ({ url } = server);
    announce();
    const { out, style } = terminal;
    if (!isReady) out(`${style.yellow("waiting")} ${style.bold(url)} ${style.dim(`${runtime}, shows what is wrong`)}`);
    if (options.open === true) openInBrowser(url);
    await stop;
    return EXIT.fine;
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    terminal.err(printDiagnostics([cannotListen(error, host, port)], root, terminal.errStyle));
    return EXIT.failed;
  } finally {
    watch.close();
    channel.close();
    await Promise.race([generations.close(), new Promise((resolve) => setTimeout(resolve, GRACE_MS))]);
    await reloader.close();
  }
}

/**
 * V8 keeps every text that it evaluated with what it compiled, for when the same text comes again. Each save brings another
 * one, so this would grow by some kilobytes with each. Deno takes the flag at its start: see `runElsewhere`.
 */
function forgetTexts(): void {
  setFlagsFromString("--no-compilation-cache");
}

function witnessFor(root: string, { out, err, style, errStyle }: Terminal): Witness {
  return {
    reloaded: (paths, ms) =>
      out(`${style.green("reload")} ${listed(paths)} ${style.dim(`${Math.max(1, Math.round(ms))} ms`)}`),
    restyled: (paths) => out(`${style.green("styles")} ${listed(paths)}`),
    failed: (diagnostics, serves) => {
      const now = serves
        ? "The last good version goes on serving."
        : "The app has not started; it will when this is mended.";
      err(`${printDiagnostics(diagnostics, root, errStyle)}\n${errStyle.dim(now)}`);
    },
  };
}

function listed(paths: readonly string[]): string {
  const [first = "", ...others] = paths;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** What an app throws outside of a request ends a server in production; here it is told, and the next save may mend it. */
function survive({ err }: Terminal): void {
  const tell = (error: unknown): void => err(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.on("uncaughtException", tell);
  process.on("unhandledRejection", tell);
}

function cannotListen({ code, message }: ListenError, host: string, port: number): Diagnostic {
  const other = port >= 1024 && port < 65_535 ? port + 1 : 3000;
  return {
    code,
    message: message.replace(`${code}: `, ""),
    where: `${host}:${port}`,
    mend: `For instance: openspeed dev ${code.startsWith("OS_PORT_") ? `--port ${other}` : "--host localhost"}`,
  };
}

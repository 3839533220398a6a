import { writeFileSync } from "node:fs";
import { parseCommand, type Options } from "./options.ts";
import { stopChildren } from "./process/child.ts";
import { cores } from "./process/cores.ts";
import { progress } from "./progress.ts";
import { report } from "./report.ts";
import type { Row } from "./row.ts";

type Suite = (options: Options) => Promise<Row[]>;

// A suite's peers are loaded only when it is asked for.
const suites: Readonly<Record<string, () => Promise<Suite>>> = {
  http: async () => (await import("./http/suite.ts")).http,
  start: async () => (await import("./start/suite.ts")).start,
  types: async () => (await import("./types/suite.ts")).types,
  dev: async () => (await import("./dev/suite.ts")).dev,
  router: async () => (await import("./router/suite.ts")).router,
  static: async () => (await import("./static/suite.ts")).statics,
  overload: async () => (await import("./overload/suite.ts")).overload,
  slowloris: async () => (await import("./slowloris/suite.ts")).slowloris,
  files: async () => (await import("./files/suite.ts")).files,
  defaults: async () => (await import("./defaults/suite.ts")).defaults,
  shutdown: async () => (await import("./shutdown/suite.ts")).shutdown,
  soak: async () => (await import("./soak/suite.ts")).soak,
  throwing: async () => (await import("./throwing/suite.ts")).throwing,
};

const usage = `npm run bench -- ${Object.keys(suites).join("|")} [--json FILE] [--quick] [--soak] [--cases a,b] [--subjects a,b] [--rounds N] [--slice MS]`;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    stopChildren();
    process.exit(130);
  });
}
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const { suite, json, options } = parseCommand(args);
    const load = Object.hasOwn(suites, suite ?? "") ? suites[suite ?? ""] : undefined;
    if (load === undefined)
      throw new Error(`${suite === undefined ? "Which suite?" : `No suite is called "${suite}".`} ${usage}`);
    if (cores.server === undefined)
      console.error("bench: processes are not pinned to cores here, so expect more noise");
    const rows = await (await load())(options);
    progress("");
    console.log(report(rows));
    if (json !== undefined) writeFileSync(json, `${JSON.stringify(rows, null, 2)}\n`);
    return 0;
  } catch (error) {
    progress("");
    console.error(error);
    return 1;
  } finally {
    stopChildren();
  }
}

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { hasRoutes } from "./folders.ts";
import { openPorts, type Ports } from "./ports.ts";
import { start, type Running } from "./process.ts";
import type { Fault, Project } from "./project.ts";
import { shows, type Step } from "./session.ts";

/** How long a command may take to end, to listen, or to print what the document says. */
const patience = 20_000;

/** How long a server may take to notice that a file was saved. */
const reloading = 3000;

const here = import.meta.dirname;

interface Stage extends AsyncDisposable {
  readonly run: (step: Step, index: number) => Promise<string | undefined>;
}

/** Does what a reader of the section would do, in its folder: runs its programs and its commands, in their order. */
export async function runProject(project: Project, folder: string): Promise<readonly Fault[]> {
  await using stage = await openStage(folder);
  const steps = project.runs.flatMap((run) => (run.kind === "session" ? run.steps : [programStep(run.file)]));
  const first = steps.findIndex(({ command }) => /^(curl|openspeed (dev|start))\b/.test(command));
  // A guide need not say in every section how its app is started.
  if (hasRoutes(project) && steps[first]?.command.startsWith("curl")) {
    steps.splice(first, 0, { command: "openspeed dev", code: 0, output: ["…"], line: steps[first].line });
  }
  const suite = project.files.find(({ path }) => isTest(path));
  if (suite !== undefined) steps.push({ command: "vitest run", code: 0, output: ["…"], line: suite.block.line });
  for (const [index, step] of steps.entries()) {
    const fault = await stage.run(step, index);
    // What follows would fail for the same reason.
    if (fault !== undefined) return [`${project.document}:${step.line}: ${fault}`];
  }
  return [];
}

/** Files that vitest runs, after everything else. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}

/** A program prints what the remarks behind its `console.log`s say. */
function programStep({ path, block }: Project["files"][number]): Step {
  const said = block.text.split("\n").flatMap((line) => /^\s*console\.log\(.*\);? \/\/ (.+)$/.exec(line)?.[1] ?? []);
  const command = `node ${join(here, "program.ts")} ${path}`;
  return { command, code: 0, output: said.length === 0 ? ["…"] : said, line: block.line };
}

async function openStage(folder: string): Promise<Stage> {
  await using stack = new AsyncDisposableStack();
  const ports = stack.use(await openPorts());
  const home = await mkdtemp(join(tmpdir(), "openspeed-snippets-"));
  stack.defer(() => rm(home, { recursive: true, force: true }));
  // Where nobody watches, curl would show how far it is.
  await writeFile(join(home, ".curlrc"), "silent\nshow-error\nmax-time = 10\n");
  const kept = stack.move();
  const servers = new Set<Running>();
  return {
    async run(step, index) {
      const before = [...servers];
      const lengths = (): number => before.reduce((sum, { output }) => sum + output().length, 0);
      let fault: string | undefined;
      for (let attempt = 1; attempt <= 5; attempt++) {
        const heard = lengths();
        const name = `${index}.${attempt}`;
        const running = start(ports.real(step.command), { cwd: folder, env: environment(home, ports, name) });
        kept.use(running);
        servers.add(running);
        void running.ended.then(() => servers.delete(running));
        fault = await outcome(step, running, ports, name);
        if (fault === undefined || !step.command.startsWith("curl")) break;
        // A file may have been saved just before: whoever serves it says so as soon as it does.
        const more = before.map(({ printed }) => printed(() => lengths() > heard));
        if ((await Promise.race([...more, delay(reloading, "late", { ref: false })])) === "late") break;
      }
      // Why an answer is not what it should be is often said by the server.
      const said = before.map(({ output }) => output().trim()).filter(Boolean);
      return fault === undefined ? undefined : [fault, ...said].join("\n\nwhile what was started before printed\n");
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Waits until the command has ended, or listens and has printed what it should. What is wrong, if anything is. */
async function outcome(step: Step, running: Running, ports: Ports, name: string): Promise<string | undefined> {
  const printed = (): string => ports.written(running.output());
  const passes = (): boolean => shows(step.output, printed());
  const served = ports.listening(name).then(() => (step.output.length === 0 ? undefined : running.printed(passes)));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, patience, "late");
  });
  const end = await Promise.race([running.ended, served.then(() => "serves" as const), late]);
  clearTimeout(timer);
  if (end === "serves") return undefined;
  if (end !== "late" && end !== step.code) return `exits with ${end} instead of ${step.code}:\n${printed()}`;
  if (end === "late" || !passes())
    return `${end === "late" ? "for 20 s, " : ""}prints\n${printed()}\ninstead of\n${step.output.join("\n")}`;
  return undefined;
}

function environment(home: string, ports: Ports, step: string): NodeJS.ProcessEnv {
  const { PATH = "", LANG = "C.UTF-8" } = process.env;
  return {
    PATH: [dirname(process.execPath), join(here, "../node_modules/.bin"), PATH].join(delimiter),
    LANG,
    HOME: home,
    CURL_HOME: home,
    NO_COLOR: "1",
    DO_NOT_TRACK: "1",
    NODE_OPTIONS: `--conditions=@openspeed/source --import=${join(here, "listen.ts")}`,
    OPENSPEED_SNIPPETS_CONTROL: String(ports.control),
    OPENSPEED_SNIPPETS_STEP: step,
  };
}

import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { makeProject, type Project, type Subject } from "./projects.ts";

/** A development server that runs, and its project. */
export interface DevServer {
  readonly subject: Subject;
  /** Saves the route and gives the milliseconds until an answer has the new text. */
  reload(text: string): Promise<number>;
  vitals(): Promise<Vitals>;
  stop(): Promise<void>;
}

export interface Vitals {
  readonly heap: number;
  readonly rss: number;
  readonly handles: number;
}

const LATE_MS = 15_000;

export async function startServer(subject: Subject): Promise<DevServer> {
  const project = makeProject(subject);
  project.save("v0");
  const port = await freePort();
  const child = spawn(process.execPath, project.command(port), { cwd: project.root, stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  const server: DevServer = {
    subject,
    async reload(text) {
      const begun = performance.now();
      project.save(text);
      return (await answered(url, text, subject)) - begun;
    },
    vitals: async () => (await fetch(`${url}/vitals`)).json() as Promise<Vitals>,
    stop: () => stop(child, project),
  };
  try {
    await answered(url, "v0", subject);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

/** When the route first answered with this text. */
async function answered(url: string, text: string, subject: string): Promise<number> {
  const late = performance.now() + LATE_MS;
  let last = "";
  while (performance.now() < late) {
    last = await fetch(`${url}/hello`).then(
      (answer) => answer.text(),
      (error: unknown) => String(error),
    );
    if (last === text) return performance.now();
    await pause(1);
  }
  throw new Error(`${subject} never answered ${JSON.stringify(text)}, but ${last.slice(0, 500)}`);
}

async function stop(child: ChildProcess, project: Project): Promise<void> {
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 3000);
  if (child.exitCode === null && child.signalCode === null) await gone;
  clearTimeout(timer);
  rmSync(project.root, { recursive: true, force: true });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

// The server that is soaked: every kind of answer, an app that is replaced every few seconds, and a look into its memory.
import { readdirSync } from "node:fs";
import { serve } from "@openspeed/adapter-node";
import { type App, createApp, form, problem, provide, stream } from "@openspeed/core";
import { z } from "zod";
import { answer } from "../process/answer.ts";
import type { Listening } from "../http/subject.ts";
import { megabyteStream, NewUser, openDatabase } from "../http/work.ts";

export type SoakQuestion = "cpu" | "vitals" | "reload";

/** CPU time in µs for `cpu`; otherwise what is left after collecting garbage. */
export interface Vitals {
  readonly cpu: number;
  /** Bytes of the heap that are in use. */
  readonly heap: number;
  readonly rss: number;
  /** What keeps the event loop alive: sockets, timers, watchers. */
  readonly handles: number;
  /** Open files and sockets of the process; 0 where the platform does not list them. */
  readonly descriptors: number;
  /** Apps that were made and not closed. */
  readonly apps: number;
  /** What `onError` was told. */
  readonly errors: number;
}

let errors = 0;
const live = new Set<App>();
const db = provide("db", { scope: "app" }, openDatabase);
/** Belongs to one app only, so that each reload disposes one. */
const perApp = (app: { opened: boolean }) =>
  provide("pool", { scope: "app", dispose: () => void (app.opened = false) }, () => (app.opened = true));
const lease = provide("lease", { use: [db], dispose: () => undefined }, async ({ db }) => Promise.resolve(db));

function makeApp(): App {
  const pool = perApp({ opened: false });
  const app = createApp({ use: [pool], onError: () => void errors++ });
  app.get("/", () => "hello");
  app.get(
    "/users/:id",
    { use: [lease], problems: { unknown: problem(404, "No such user") } },
    ({ lease, params, fail }) => {
      return lease.findUser(params["id"] ?? "") ?? fail.unknown();
    },
  );
  app.post("/users", { body: NewUser }, ({ body }) => ({ id: "1", ...body }));
  app.post("/forms", { body: form(z.object({ name: z.string() })) }, ({ body }) => body.name);
  app.post("/echo", { body: stream(), limits: { body: "16MiB" } }, async ({ body }) => {
    let size = 0;
    for await (const bytes of body) size += bytes.byteLength;
    return { size };
  });
  app.get("/stream", megabyteStream);
  app.get("/events", async function* events({ signal }) {
    for (let i = 0; !signal.aborted; i++) {
      yield { i };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
  app.get("/slow", async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return "slow";
  });
  app.get("/throws", () => {
    throw new Error("on purpose");
  });
  app.get("/breaks", async function* breaks() {
    yield { i: 0 };
    await Promise.resolve();
    throw new Error("on purpose, in the middle");
  });
  live.add(app);
  return app;
}

let current = makeApp();
let retired: App | undefined;

/** What the last reload replaced has had the time of one more to finish what it was doing. */
async function reload(): Promise<void> {
  const next = makeApp();
  await next.succeed(current);
  const before = retired;
  [retired, current] = [current, next];
  if (before === undefined) return;
  await before.close();
  live.delete(before);
}

function vitals(): Vitals {
  // Twice: what the first run finds to be finalised, the second one frees.
  globalThis.gc?.();
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  return {
    cpu: user + system,
    heap: process.memoryUsage().heapUsed,
    rss: process.memoryUsage.rss(),
    handles: process.getActiveResourcesInfo().length,
    descriptors: descriptors(),
    apps: live.size,
    errors,
  };
}

function descriptors(): number {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return 0;
  }
}

const server = await serve(
  {
    limits: current.limits,
    handle: (incoming) => current.handle(incoming),
    ready: () => current.ready(),
    close: () => current.close(),
  },
  { port: 0, hostname: "127.0.0.1" },
);
answer<Listening, SoakQuestion, Vitals>({ port: server.port }, async (question) => {
  if (question === "reload") await reload();
  return vitals();
});

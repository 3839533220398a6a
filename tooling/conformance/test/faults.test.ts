// What goes wrong inside an app: who is told, what the client learns, and what is left behind.
import {
  createApp,
  type ErrorPlace,
  internalError,
  type ItemContext,
  kernelError,
  middleware,
  type Plugin,
  problem,
  provide,
} from "@openspeed/core";
import { expect, test } from "vitest";
import { incoming, quiet, signal, suite } from "./suite.ts";

type Told = readonly [error: unknown, place: ErrorPlace, ctx: ItemContext | undefined];

function listening(): { readonly told: Told[]; readonly onError: (...told: Told) => void } {
  const told: Told[] = [];
  return { told, onError: (...each) => void told.push(each) };
}

const messages = (told: readonly Told[]): readonly string[] => told.map(([error]) => (error as Error).message);

/** Tells which outcomes a route had, those that nobody waits for among them. */
function outcomes(): { readonly first: Promise<number>; readonly statuses: ReturnType<typeof middleware> } {
  const { promise, resolve } = signal<number>();
  const statuses = middleware("statuses", {}, async (_, next) => {
    const outcome = await next();
    resolve(outcome.status);
    return outcome;
  });
  return { first: promise, statuses };
}

suite("an error's id", (open) => {
  test("is what the client gets and what onError is told, with what the request knows", async () => {
    const { told, onError } = listening();
    const requestId = provide("requestId", {}, ({ header }) => header("x-request-id") ?? "none");
    const app = createApp({ onError, mode: "production" }).get("/users/:id", { use: [requestId] }, () => {
      throw new Error("The password is hunter2");
    });
    const t = await open(app);
    const { text, problem: sent } = await t("GET /users/7", { headers: { "x-request-id": "r-1" } }).expectProblem(
      "internal",
    );
    const [[, place, ctx] = []] = told;
    expect(place?.id).toMatch(/^urn:uuid:[\da-f]{8}-/);
    expect(sent).toMatchObject({ instance: place?.id });
    expect(place).toMatchObject({ method: "GET", path: "/users/7", route: "GET /users/:id" });
    expect([ctx?.header("x-request-id"), Reflect.get(ctx ?? {}, "requestId")]).toEqual(["r-1", "r-1"]);
    expect(text).not.toContain("hunter2");
    expect(JSON.parse(JSON.stringify(place))).toEqual(place);
  });

  test("differs from error to error", async () => {
    const { told, onError } = listening();
    const t = await open(
      createApp({ onError }).get("/", () => {
        throw new Error("Again");
      }),
    );
    await t("GET /").expect(500);
    await t("GET /").expect(500);
    expect(new Set(told.map(([, { id }]) => id)).size).toBe(2);
  });

  test("is had by whoever reports an error and answers by itself", async () => {
    const { told, onError } = listening();
    const t = await open(
      createApp({ onError }).get("/", ({ report }) => {
        throw internalError(report(new Error("Half")));
      }),
    );
    const { problem: sent } = await t("GET /").expectProblem("internal");
    expect(told).toHaveLength(1);
    expect(sent).toMatchObject({ instance: told[0]?.[1].id });
  });

  test("is on a handler's timeout too", async () => {
    const { told, onError } = listening();
    const t = await open(createApp({ onError, limits: { handler: 20 } }).get("/", () => new Promise(() => {})));
    const { problem: sent } = await t("GET /").expectProblem("timeout");
    expect(told[0]?.[0]).toHaveProperty("name", "TimeoutError");
    expect(sent).toMatchObject({ instance: told[0]?.[1].id });
  });

  test("is on an app that does not start", async () => {
    const { told, onError } = listening();
    const app = createApp({ onError })
      .get("/x", () => "x")
      .get("/x", () => "y");
    const { status, body } = await app.handle(incoming("/x"));
    expect([status, JSON.parse(String(body))]).toMatchObject([500, { instance: told[0]?.[1].id }]);
  });

  test("is not on what was declared", async () => {
    const t = await open(createApp().get("/", { problems: { gone: problem(410, "Gone") } }, ({ fail }) => fail.gone()));
    expect((await t("GET /").expectProblem("gone")).problem).not.toHaveProperty("instance");
  });
});

const unreadable = new Proxy(new Error("Proxied"), {
  get: () => {
    throw new Error("No look inside");
  },
  getPrototypeOf: () => {
    throw new Error("No look at its kind");
  },
});
const thrown: readonly (readonly [name: string, value: unknown])[] = [
  ["undefined", undefined],
  ["null", null],
  ["nothing at all", ""],
  ["zero", 0],
  ["a text", "hunter2"],
  ["a symbol", Symbol("hunter2")],
  ["a frozen object", Object.freeze({ message: "hunter2" })],
  ["a function", () => "hunter2"],
  ["a proxy that refuses", unreadable],
  ["an object without a prototype", Object.create(null)],
];

suite("whatever is thrown", (open) => {
  test.each(["production", "development"] as const)("is a 500 and told once, in %s", async (mode) => {
    const { told, onError } = listening();
    const app = createApp({ onError, mode });
    thrown.forEach(([, value], i) =>
      app
        .get(`/sync/${i}`, () => {
          throw value;
        })
        .get(`/async/${i}`, () => Promise.reject(value))
        .get(`/provider/${i}`, { use: [provide("p", {}, () => Promise.reject(value))] }, () => "x"),
    );
    const t = await open(app);
    for (const i of thrown.keys()) {
      for (const kind of ["sync", "async", "provider"]) {
        const { text } = await t(`GET /${kind}/${i}`).expectProblem("internal");
        expect(text).not.toContain("hunter2");
      }
    }
    expect(told).toHaveLength(3 * thrown.length);
  });

  test("is something for those who ask before they commit", async () => {
    const seen: boolean[] = [];
    const tx = provide("tx", { dispose: (_, { error }) => void seen.push(Boolean(error)) }, () => 1);
    const app = createApp(quiet);
    thrown.forEach(([, value], i) => app.get(`/${i}`, { use: [tx] }, () => Promise.reject(value)));
    const t = await open(app);
    for (const i of thrown.keys()) await t(`GET /${i}`).expect(500);
    expect(seen).toEqual(thrown.map(() => true));
  });

  test("and when a stream is cut by it, too", async () => {
    const seen: boolean[] = [];
    // Deno's streams look at what they fail with.
    const values = thrown.filter(([, value]) => value !== unreadable);
    const { told, onError } = listening();
    const tx = provide("tx", { dispose: (_, { error }) => void seen.push(Boolean(error)) }, () => 1);
    const app = createApp({ onError });
    values.forEach(([, value], i) =>
      app.get(`/${i}`, { use: [tx] }, () => new ReadableStream({ pull: () => Promise.reject(value) })),
    );
    const t = await open(app);
    for (const i of values.keys()) {
      await t
        .fetch(`/${i}`)
        .then((response) => response.text())
        .then(
          () => expect.unreachable(),
          () => undefined,
        );
    }
    expect(seen).toEqual(values.map(() => true));
    expect(told).toHaveLength(values.length);
  });

  test("a middleware that forgets its answer fails, and what lay inside is released", async () => {
    const cancelled = signal();
    const { told, onError } = listening();
    const forgetful = middleware(
      "forgetful",
      {},
      (async (_: unknown, next: () => unknown) => void (await next())) as never,
    );
    const body = (): unknown => new ReadableStream({ cancel: () => cancelled.resolve() }, { highWaterMark: 0 });
    const t = await open(createApp({ onError }).get("/", { use: [forgetful] }, body));
    await t("GET /").expectProblem("internal");
    await cancelled.promise;
    expect(messages(told)).toEqual([expect.stringContaining("return what next() gives")]);
  });

  test("onError may reject, and a middleware forget its answer", async () => {
    const told: unknown[] = [];
    const forgetful = middleware("forgetful", {}, (async () => {}) as never);
    const written = console.error;
    const printed = signal<unknown>();
    console.error = printed.resolve;
    try {
      const app = createApp({
        onError: async (error) => {
          told.push(error);
          throw new Error("No log today");
        },
      }).get("/", { use: [forgetful] }, () => "x");
      const t = await open(app);
      await t("GET /").expectProblem("internal");
      expect(String(told[0])).toContain("return what next() gives");
      expect(await printed.promise).toHaveProperty("message", "No log today");
    } finally {
      console.error = written;
    }
  });
});

suite("providers", (open) => {
  test("one that never settles is a timeout; its value, when it comes, is disposed once and used by nobody", async () => {
    const value = signal<string>();
    const disposed = signal<unknown>();
    let times = 0;
    let ran = false;
    const slow = provide(
      "slow",
      {
        dispose: (_, { error }) => {
          times++;
          disposed.resolve(error);
        },
      },
      () => value.promise,
    );
    const { told, onError } = listening();
    const after = provide("after", { use: [slow] }, () => {
      ran = true;
    });
    const app = createApp({ onError, limits: { handler: 20 } }).get("/", { use: [after] }, () => "never");
    const t = await open(app);
    await t("GET /").expectProblem("timeout");
    value.resolve("late");
    expect(await disposed.promise).toHaveProperty("name", "TimeoutError");
    await t.close();
    expect([times, ran, told.length]).toEqual([1, false, 1]);
  });

  test("of the app: a start that waits for ever ends with the chain, and the late value is disposed", async () => {
    const value = signal<string>();
    const disposed = signal<unknown>();
    const pool = provide(
      "pool",
      { scope: "app", dispose: (_, { error }) => disposed.resolve(error) },
      () => value.promise,
    );
    const db = provide("db", { scope: "app", use: [pool] }, () => "db");
    const app = createApp({ ...quiet, limits: { start: 20 } }).get("/", { use: [db] }, (ctx) => ctx.db);
    await expect(app.ready()).rejects.toThrow(/OS_START_TIMEOUT: the provider db → pool has no value after 20 ms/);
    value.resolve("late");
    expect(await disposed.promise).toBeInstanceOf(Error);
    const t = await open(app);
    await t("GET /").expect(200, "db");
  });

  const fails = { dispose: () => Promise.reject(new Error("No commit")) };
  const throws = {
    dispose: () => {
      throw new Error("No commit");
    },
  };
  test.each([
    ["rejects", fails],
    ["throws", throws],
  ])("whose disposal %s: success becomes 500, an answer that tells of an error stays", async (_, shape) => {
    const { told, onError } = listening();
    const tx = provide("tx", shape, () => 1);
    const app = createApp({ onError, mode: "test" })
      .get("/fine", { use: [tx] }, () => "done")
      .get("/taken", { use: [tx], problems: { taken: problem(409, "Taken") } }, ({ fail }) => fail.taken())
      .get("/broken", { use: [tx] }, () => {
        throw new Error("Broken");
      });
    const t = await open(app);
    await t("GET /fine").expectProblem("internal");
    await t("GET /taken").expectProblem("taken");
    const { problem: sent } = await t("GET /broken").expectProblem("internal");
    expect(messages(told)).toEqual(["No commit", "No commit", "Broken", "No commit"]);
    expect(sent).toMatchObject({ instance: told[2]?.[1].id });
  });

  test("whose disposal fails after a stream break it, since its end would say that all went well", async () => {
    const { told, onError } = listening();
    const tx = provide("tx", fails, () => 1);
    const t = await open(createApp({ onError }).get("/", { use: [tx] }, () => items(2)));
    await expect(t.fetch("/").then((response) => response.text())).rejects.toBeInstanceOf(Error);
    expect([messages(told), told[0]?.[1].route]).toEqual([["No commit"], "GET /"]);
  });

  test("whose disposal never ends is a timeout, and breaks a stream", async () => {
    const { told, onError } = listening();
    const stuck = provide("stuck", { dispose: () => new Promise<void>(() => {}) }, () => 1);
    const app = createApp({ onError, limits: { handler: 20 } })
      .get("/", { use: [stuck] }, () => "done")
      .get("/stream", { use: [stuck] }, () => items(2));
    const t = await open(app);
    await t("GET /").expectProblem("timeout");
    await expect(t.fetch("/stream").then((response) => response.text())).rejects.toBeInstanceOf(Error);
    expect(messages(told)).toEqual(["The handler had 20 ms.", "The provider stuck had 20 ms to be disposed."]);
  });
});

async function* items(count: number, last?: Error): AsyncGenerator<{ n: number }> {
  for (let n = 0; n < count; n++) yield { n };
  if (last !== undefined) throw last;
}

suite("a stream that fails", (open) => {
  const cut = new Error("Cut");
  const bytes = new TextEncoder().encode("chunk");
  const readable = (): ReadableStream<Uint8Array<ArrayBuffer>> => {
    let sent = false;
    return new ReadableStream({
      pull(controller) {
        if (sent) controller.error(cut);
        else controller.enqueue(bytes);
        sent = true;
      },
    });
  };
  const iterator = {
    [Symbol.asyncIterator]: () => {
      let sent = false;
      return {
        next: () => {
          if (sent) throw cut; // not even a promise
          sent = true;
          return Promise.resolve({ done: false, value: "first" });
        },
      };
    },
  };
  const failing: readonly [name: string, accept: string, handler: () => unknown][] = [
    ["an async iterable", "*/*", () => items(1, cut)],
    ["server-sent events", "text/event-stream", () => items(1, cut)],
    ["an iterator that throws at once", "*/*", () => iterator],
    ["a ReadableStream", "*/*", readable],
    ["a Response", "*/*", () => new Response(readable())],
    ["an iterable that never begins", "*/*", () => items(0, cut)],
  ];

  test.each(failing)("breaks the connection and is told once, with its route: %s", async (_, accept, handler) => {
    const { told, onError } = listening();
    const t = await open(createApp({ onError }).get("/rows/:id", handler));
    const headers = { accept };
    await expect(t.fetch("/rows/1", { headers }).then((response) => response.text())).rejects.toBeInstanceOf(Error);
    await t.close();
    expect(told.map(([error, { route, path }]) => [error, route, path])).toEqual([[cut, "GET /rows/:id", "/rows/1"]]);
  });

  test("by what no body can have", async () => {
    const { told, onError } = listening();
    const stopped = signal();
    async function* wrong() {
      try {
        yield 1;
      } finally {
        stopped.resolve();
      }
    }
    const t = await open(
      createApp({ onError }).get("/", { offers: ["text/csv"] }, () => wrong() as AsyncIterable<never>),
    );
    await expect(t.fetch("/").then((response) => response.text())).rejects.toBeInstanceOf(Error);
    await stopped.promise;
    expect(messages(told)).toEqual([expect.stringContaining("texts or bytes")]);
  });

  test("is told inside of a middleware that changes it", async () => {
    const { told, onError } = listening();
    const upper = middleware("upper", {}, async (_, next) => {
      const { body, ...outcome } = await next();
      async function* changed() {
        for await (const each of body as AsyncIterable<string>) yield each.toUpperCase();
      }
      return { ...outcome, body: changed() };
    });
    const t = await open(createApp({ onError }).get("/", { use: [upper] }, () => items(1, cut)));
    await expect(t.fetch("/").then((response) => response.text())).rejects.toBeInstanceOf(Error);
    expect(told.map(([error]) => error)).toEqual([cut]);
  });
});

suite("a client that leaves", (open) => {
  /** Never has an item; tells when it is asked and when it is told to stop. */
  function silent() {
    const asked = signal();
    const stopped = signal();
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          asked.resolve();
          return new Promise<never>(() => {});
        },
        return: () => {
          stopped.resolve();
          return Promise.resolve({ done: true as const, value: undefined });
        },
      }),
    };
    return { asked: asked.promise, stopped: stopped.promise, source };
  }

  test.each([["application/x-ndjson"], ["text/event-stream"]])(
    "ends a source that never has anything, at once: %s",
    async (accept) => {
      const { told, onError } = listening();
      const { asked, stopped, source } = silent();
      const disposed = signal<unknown>();
      const db = provide("db", { dispose: (_, { error }) => disposed.resolve(error) }, () => 1);
      const t = await open(createApp({ onError }).get("/", { use: [db] }, () => source));
      const response = await t.fetch("/", { headers: { accept } });
      await asked;
      await response.body?.cancel();
      await stopped;
      expect(await disposed.promise).toBeInstanceOf(Error);
      await t.close();
      expect(told).toEqual([]);
    },
  );

  test("ends a ReadableStream that never has anything", async () => {
    const { told, onError } = listening();
    const [asked, cancelled] = [signal(), signal()];
    const body = (): ReadableStream<Uint8Array<ArrayBuffer>> =>
      new ReadableStream(
        {
          pull: () => {
            asked.resolve();
            return new Promise(() => {});
          },
          cancel: () => cancelled.resolve(),
        },
        { highWaterMark: 0 },
      );
    const t = await open(createApp({ onError }).get("/", body));
    const response = await t.fetch("/");
    await asked.promise;
    await response.body?.cancel();
    await cancelled.promise;
    await t.close();
    expect(told).toEqual([]);
  });

  test("frees what a source holds that does not stop, after the handler's time", async () => {
    const asked = signal();
    async function* stuck() {
      asked.resolve();
      yield await new Promise<never>(() => {});
    }
    const disposed = signal();
    const db = provide("db", { dispose: () => disposed.resolve() }, () => 1);
    const t = await open(createApp({ ...quiet, limits: { handler: 20 } }).get("/", { use: [db] }, () => stuck()));
    const response = await t.fetch("/");
    await asked.promise;
    await response.body?.cancel();
    await disposed.promise;
  });

  test("does not hide what a source fails with when it stops", async () => {
    const failed = signal<unknown>();
    async function* untidy() {
      try {
        for (;;) yield new Uint8Array(65_536);
      } finally {
        await Promise.reject(new Error("Untidy"));
      }
    }
    const app = createApp({ onError: failed.resolve }).get("/", { offers: ["application/zip"] }, () => untidy());
    const t = await open(app);
    const reader = (await t.fetch("/")).body?.getReader();
    await reader?.read();
    await reader?.cancel().catch(() => {}); // in process it is the source's own answer
    expect(await failed.promise).toHaveProperty("message", "Untidy");
  });

  test.each([
    ["with the signal's reason", (aborted: AbortSignal): unknown => aborted.reason],
    ["with an AbortError of its own", (): unknown => new DOMException("Stopped", "AbortError")],
  ])("is no error of a handler that rejects %s", async (_, errorOf) => {
    const { told, onError } = listening();
    const { first, statuses } = outcomes();
    const started = signal();
    const seen = signal<unknown>();
    const tx = provide("tx", { dispose: (_value, { error }) => seen.resolve(error) }, () => 1);
    const app = createApp({ onError }).get("/", { use: [statuses, tx] }, ({ signal: aborted }) => {
      started.resolve();
      return new Promise((_resolve, reject) => aborted.addEventListener("abort", () => reject(errorOf(aborted))));
    });
    const t = await open(app);
    const controller = new AbortController();
    const answer = t.fetch("/", { signal: controller.signal }).catch(() => undefined);
    await started.promise;
    controller.abort();
    expect(await first).toBe(499);
    expect(await seen.promise).toHaveProperty("name", "AbortError");
    await answer;
    expect(told).toEqual([]);
  });

  test("does not hide what else goes wrong", async () => {
    const { told, onError } = listening();
    const { first, statuses } = outcomes();
    const started = signal();
    const app = createApp({ onError }).get("/", { use: [statuses] }, ({ signal: aborted }) => {
      started.resolve();
      return new Promise((_resolve, reject) => aborted.addEventListener("abort", () => reject(new Error("Real"))));
    });
    const t = await open(app);
    const controller = new AbortController();
    const answer = t.fetch("/", { signal: controller.signal }).catch(() => undefined);
    await started.promise;
    controller.abort();
    expect(await first).toBe(500);
    await answer;
    expect(messages(told)).toEqual(["Real"]);
  });
});

suite("after the handler's time", (open) => {
  test("a late stream is stopped, and disposal happens once, with the reason", async () => {
    const { told, onError } = listening();
    const [go, cancelled] = [signal(), signal()];
    const endings: unknown[] = [];
    const disposed = signal();
    const tx = provide(
      "tx",
      {
        dispose: (_, { error }) => {
          endings.push(error);
          disposed.resolve();
        },
      },
      () => 1,
    );
    const app = createApp({ onError, limits: { handler: 20 } }).get("/", { use: [tx] }, async () => {
      await go.promise;
      return new ReadableStream({ cancel: () => cancelled.resolve() }, { highWaterMark: 0 });
    });
    const t = await open(app);
    await t("GET /").expectProblem("timeout");
    go.resolve();
    await cancelled.promise;
    await disposed.promise;
    await t.close();
    expect(endings).toMatchObject([{ name: "TimeoutError" }]);
    expect(told).toHaveLength(1);
  });

  test("no handler begins", async () => {
    const go = signal();
    const { first, statuses } = outcomes();
    let ran = false;
    const waiting = middleware("waiting", {}, async (_, next) => {
      await go.promise;
      return next();
    });
    const app = createApp({ ...quiet, limits: { handler: 20 } }).get("/", { use: [statuses, waiting] }, () => {
      ran = true;
    });
    const t = await open(app);
    await t("GET /").expectProblem("timeout");
    go.resolve();
    expect(await first).toBe(499);
    expect(ran).toBe(false);
  });
});

suite("closing", (open) => {
  test("work that never ends is told and not waited for; all else is disposed", async () => {
    const { told, onError } = listening();
    const log: string[] = [];
    const stuck = provide("stuck", { scope: "app", dispose: () => new Promise<void>(() => {}) }, () => 1);
    const db = provide("db", { scope: "app", dispose: () => void log.push("db") }, () => 1);
    let closed = 0;
    const broken: Plugin = {
      name: "broken",
      capabilities: ["close"],
      setup: (host) =>
        host.onClose(() => {
          if (++closed === 1) throw new Error("No goodbye");
        }),
    };
    const app = createApp({ onError, limits: { shutdown: 50 }, plugins: [broken] }).get(
      "/",
      { use: [db, stuck] },
      ({ waitUntil }) => {
        waitUntil(new Promise(() => {}));
        return "x";
      },
    );
    const t = await open(app);
    await t("GET /").expect(200);
    await expect(app.close()).rejects.toThrow("No goodbye");
    expect(log).toEqual(["db"]);
    expect(told.map(([error, { route }]) => [String(error), route])).toEqual([
      ["Error: Work given to waitUntil did not end within 50 ms of closing.", "close"],
      ["Error: The provider stuck did not end within 50 ms of closing.", "close"],
    ]);
  });

  test("several errors are thrown together", async () => {
    const failing = (name: string) =>
      provide(name, { scope: "app", dispose: () => Promise.reject(new Error(name)) }, () => 1);
    const app = createApp().get("/", { use: [failing("one"), failing("two")] }, () => "x");
    await app.ready();
    await expect(app.close()).rejects.toMatchObject({ errors: [{ message: "two" }, { message: "one" }] });
  });
});

test("a kernel problem may carry an instance of its own", () => {
  const { outcome } = kernelError("timeout", undefined, { instance: "urn:x:1" });
  expect(JSON.parse(String(outcome.body))).toMatchObject({ status: 503, instance: "urn:x:1" });
});

import { serve } from "@openspeed/adapter-node";
import { type App, createApp, type Duration, graph, type ItemContext, problem } from "@openspeed/core";
import { transports } from "@openspeed/testing";
import { describe, expect, test } from "vitest";
import { concurrency, concurrencyLimits } from "../src/index.ts";

const quiet = { onError: (): void => {} };
const byName = ({ query }: ItemContext): string => String(query["name"]);

/** Handlers that wait until a test lets them go on. */
function gate(): { readonly enter: () => Promise<string>; readonly inside: () => number; readonly open: () => void } {
  const waiting: (() => void)[] = [];
  return {
    enter: () => new Promise((resolve) => waiting.push(() => resolve("done"))),
    inside: () => waiting.length,
    open: () => waiting.shift()?.(),
  };
}

describe.each(transports(serve))("by $name", ({ testApp }) => {
  test("who finds no place is told at once, and the place is free again afterwards", async () => {
    const { enter, inside, open } = gate();
    const app = createApp();
    app.get("/", { use: [concurrency({ limit: 2 })] }, enter);
    await using t = await testApp(app);
    const first = [t.fetch("/"), t.fetch("/")];
    await expect.poll(inside).toBe(2);
    await t("GET /").expectProblem("busy").expectHeader("retry-after", "1");
    open();
    await expect.poll(inside).toBe(1);
    const third = t.fetch("/");
    await expect.poll(inside).toBe(2);
    open();
    open();
    for (const answer of await Promise.all([...first, third])) expect(answer.status).toBe(200);
  });

  test("each caller has places of its own, on all routes of the item", async () => {
    const { enter, inside, open } = gate();
    const app = createApp();
    const item = concurrency({ limit: 1, by: byName });
    app.get("/a", { use: [item] }, enter).get("/b", { use: [item] }, enter);
    await using t = await testApp(app);
    const ada = t.fetch("/a?name=ada");
    const bob = t.fetch("/a?name=bob");
    await expect.poll(inside).toBe(2);
    await t("GET /b", { query: { name: "ada" } }).expectProblem("tooManyAtOnce");
    open();
    open();
    await Promise.all([ada, bob]);
  });

  test.each<[string, (app: App, item: ReturnType<typeof concurrency>) => void, number]>([
    ["a value", (app, item) => app.get("/", { use: [item] }, () => "in"), 200],
    [
      "an error",
      (app, item) =>
        app.get("/", { use: [item] }, () => {
          throw new Error("It broke.");
        }),
      500,
    ],
    [
      "a rejection",
      (app, item) =>
        app.get("/", { use: [item] }, async () => {
          throw new Error("It broke.");
        }),
      500,
    ],
    [
      "a problem",
      (app, item) =>
        app.get("/", { use: [item], problems: { gone: problem(410, "Gone") } }, ({ fail }) => {
          fail.gone();
        }),
      410,
    ],
    [
      "a stream",
      (app, item) =>
        app.get("/", { use: [item] }, async function* () {
          yield "a";
          yield "b";
        }),
      200,
    ],
    [
      "a stream that breaks",
      (app, item) =>
        app.get("/", { use: [item] }, async function* () {
          yield "a";
          throw new Error("It broke.");
        }),
      200,
    ],
    ["a response", (app, item) => app.get("/", { use: [item] }, () => new Response("in")), 200],
    ["an empty answer", (app, item) => app.get("/", { use: [item] }, () => undefined), 204],
    [
      "an item that refuses",
      (app, item) =>
        app.get(
          "/",
          {
            use: [
              item,
              concurrency({
                limit: 1,
                by: () => {
                  throw new Error("It broke.");
                },
              }),
            ],
          },
          () => "in",
        ),
      500,
    ],
  ])("%s gives its place back", async (_what, mount, status) => {
    const app = createApp(quiet);
    mount(app, concurrency({ limit: 1 }));
    await using t = await testApp(app);
    // What a stream held is given back when its last byte was taken, or when it is known that nobody will take it: soon.
    const ask = async (method: string): Promise<number | undefined> => {
      const answer = await t.fetch("/", { method }).catch(() => undefined); // a connection that breaks has no status
      await answer?.text().catch(() => "");
      return answer?.status;
    };
    const usual = await ask("GET");
    expect([status, undefined]).toContain(usual);
    for (const method of ["GET", "HEAD", "GET", "HEAD", "GET"])
      await expect.poll(() => ask(method)).toBe(method === "HEAD" ? status : usual);
  });

  test("a client that goes away in the middle of a stream gives its place back", async () => {
    const app = createApp(quiet);
    app.get("/", { use: [concurrency({ limit: 1 })] }, async function* () {
      for (;;) {
        yield "tick";
        await new Promise((done) => setTimeout(done, 1));
      }
    });
    await using t = await testApp(app);
    for (let i = 0; i < 3; i++) {
      const left = new AbortController();
      let answer: Response | undefined;
      await expect
        .poll(async () => {
          answer = await t.fetch("/", { signal: left.signal });
          if (answer.status !== 200) await answer.text();
          return answer.status;
        })
        .toBe(200);
      const reader = answer?.body?.getReader();
      await reader?.read();
      expect((await t.fetch("/")).status).toBe(503);
      await reader?.cancel();
      left.abort();
    }
  });

  test("undefined is exempt", async () => {
    const { enter, inside, open } = gate();
    const app = createApp();
    app.get("/", { use: [concurrency({ limit: 1, by: () => undefined })] }, enter);
    await using t = await testApp(app);
    const all = [t.fetch("/"), t.fetch("/")];
    await expect.poll(inside).toBe(2);
    open();
    open();
    await Promise.all(all);
  });
});

describe("a queue", () => {
  /** An app whose handlers wait, and whose requests are with it as soon as they are sent. */
  async function queued(
    timeout: Duration,
  ): Promise<
    ReturnType<typeof gate> & { ask: (name: string, signal?: AbortSignal) => Promise<number>; order: string[] }
  > {
    const order: string[] = [];
    const { enter, inside, open } = gate();
    const app = createApp(quiet);
    app.get("/", { use: [concurrency({ limit: 1, queue: { length: 2, timeout } })] }, ({ query }) => {
      order.push(query["name"] ?? "");
      return enter();
    });
    await app.ready();
    const ask = async (name: string, signal?: AbortSignal): Promise<number> =>
      (await app.fetch(new Request(`http://localhost/?name=${name}`, signal && { signal }))).status;
    return { enter, inside, open, ask, order };
  }

  test("serves in turn, and refuses who comes when it is full", async () => {
    const { open, ask, order } = await queued("1h");
    const answers = ["1", "2", "3"].map((name) => ask(name));
    expect(await ask("4")).toBe(503);
    open();
    await expect.poll(() => order).toEqual(["1", "2"]);
    const last = ask("5");
    open();
    await expect.poll(() => order).toEqual(["1", "2", "3"]);
    open();
    await expect.poll(() => order).toEqual(["1", "2", "3", "5"]);
    open();
    expect(await Promise.all([...answers, last])).toEqual([200, 200, 200, 200]);
  });

  test("lets nobody wait for too long", async () => {
    const { open, ask, order } = await queued(5);
    const first = ask("1");
    expect(await ask("2")).toBe(503);
    open();
    expect(await first).toBe(200);
    expect(order).toEqual(["1"]);
  });

  test("forgets who goes away", async () => {
    const { open, ask, order } = await queued("1h");
    const left = new AbortController();
    const [first, second, third] = [ask("1"), ask("2", left.signal), ask("3")];
    expect(await ask("4")).toBe(503);
    left.abort();
    expect(await second).toBe(503);
    const fourth = ask("5");
    for (const name of ["1", "3", "5"]) {
      await expect.poll(() => order.at(-1)).toBe(name);
      open();
    }
    expect(await Promise.all([first, third, fourth])).toEqual([200, 200, 200]);
  });
});

test("a handler whose time was up keeps its place until it ends", async () => {
  const { enter, inside, open } = gate();
  const app = createApp(quiet);
  app.get("/", { use: [concurrency({ limit: 1 })], limits: { handler: 20 } }, enter);
  const ask = async (): Promise<unknown> => (await app.fetch(new Request("http://localhost/"))).json();
  expect(await ask()).toMatchObject({ name: "timeout" });
  expect(inside()).toBe(1);
  expect(await ask()).toMatchObject({ name: "busy" });
  open();
  await expect.poll(ask).toMatchObject({ name: "timeout" });
  open();
});

test("the graph shows it, and its problems", async () => {
  const app = createApp();
  app.get("/", { use: [concurrency({ limit: 2, queue: { length: 5, timeout: "1s" } })] }, () => "");
  await app.ready();
  const [route] = (await graph(app)).routes;
  expect(route === undefined ? [] : concurrencyLimits.all(route)).toEqual([
    { limit: 2, queue: { length: 5, timeout: "1s" } },
  ]);
  expect(route?.problems).toMatchObject({ busy: { status: 503 }, tooManyAtOnce: { status: 429 } });
});

test.each([
  [{ limit: 0 }],
  [{ limit: 1.5 }],
  [{ limit: 1, queue: { length: 0, timeout: "1s" } }],
  [{ limit: 1, queue: { length: 1, timeout: "soon" as "1s" } }],
] as const)("%j is refused where it is written", (options) => {
  expect(() => concurrency(options)).toThrow(/OS_INVALID_LIMIT/);
});

import { expect, test, vi } from "vitest";
import { type App, createApp, graph, provide } from "../src/index.ts";
import { health } from "../src/health.ts";

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function ask(app: App, path: string): Promise<Answer> {
  const response = await app.fetch(new Request(`http://localhost${path}`));
  return { status: response.status, body: await response.json() };
}

test("an app is alive and ready", async () => {
  const app = createApp({ strict: true }).mount(health());
  await expect(ask(app, "/healthz")).resolves.toEqual({ status: 200, body: { status: "alive" } });
  await expect(ask(app, "/readyz")).resolves.toEqual({ status: 200, body: { status: "ready", checks: {} } });
});

test("it is not ready while a check fails, and says which; alive it is", async () => {
  const onError = vi.fn();
  const db = provide("db", { scope: "app" }, () => ({ ping: () => Promise.reject(new Error("password wrong")) }));
  const app = createApp({ onError }).mount(
    health({ use: [db], checks: { database: ({ db }) => db.ping(), queue: () => true, disk: () => false } }),
  );
  const answer = await ask(app, "/readyz");
  expect(answer).toEqual({
    status: 503,
    body: expect.objectContaining({
      name: "notReady",
      data: { closing: false, overloaded: false, checks: { database: "failed", queue: "ok", disk: "failed" } },
    }) as unknown,
  });
  expect(JSON.stringify(answer)).not.toContain("password");
  expect(onError).toHaveBeenCalledTimes(2);
  expect((await ask(app, "/healthz")).status).toBe(200);
});

test("a check that takes too long is aborted", async () => {
  let aborted = false;
  const app = createApp({ onError: () => undefined }).mount(
    health({
      timeout: 5,
      checks: {
        slow: ({ signal }) =>
          new Promise(() => {
            signal.addEventListener("abort", () => (aborted = true));
          }),
      },
    }),
  );
  expect(await ask(app, "/readyz")).toMatchObject({ status: 503, body: { data: { checks: { slow: "timeout" } } } });
  expect(aborted).toBe(true);
});

test("a result stands for a while, and is told once", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const onError = vi.fn();
  let well = false;
  const database = vi.fn(() => well);
  const app = createApp({ onError }).mount(health({ fresh: "1s", checks: { database } }));
  await Promise.all([ask(app, "/readyz"), ask(app, "/readyz")]);
  const first = database.mock.calls.length;
  expect((await ask(app, "/readyz")).status).toBe(503);
  expect(database).toHaveBeenCalledTimes(first);
  const told = onError.mock.calls.length;
  vi.setSystemTime(Date.now() + 1001);
  expect((await ask(app, "/readyz")).status).toBe(503);
  expect(onError).toHaveBeenCalledTimes(told);
  well = true;
  vi.setSystemTime(Date.now() + 1001);
  expect((await ask(app, "/readyz")).status).toBe(200);
  vi.useRealTimers();
});

test("its routes are public, critical, at paths of one's choice, and in the graph", async () => {
  const app = createApp().mount(health({ alive: "/live", ready: "/ready" }));
  const { routes } = await graph(app);
  expect(routes.map(({ key }) => key)).toEqual(["GET /live", "GET /ready"]);
  for (const { policies, meta } of routes) {
    expect(policies).toEqual([{ kind: "public" }]);
    expect(meta).toMatchObject({ priority: ["critical"] });
  }
  expect(routes[1]?.problems).toHaveProperty("notReady.data");
});

test.each([{ timeout: "soon" }, { fresh: 0 }])("%j is refused", (options) => {
  expect(() => health(options as object)).toThrow("OS_INVALID_LIMIT");
});

import { expect, test } from "vitest";
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
  const told: unknown[] = [];
  const db = provide("db", { scope: "app" }, () => ({ ping: () => Promise.reject(new Error("password wrong")) }));
  const app = createApp({ onError: (error) => void told.push(error) }).mount(
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
  expect(told).toHaveLength(2);
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

test("a result stands for a while", async () => {
  let asked = 0;
  const app = createApp().mount(health({ fresh: "1h", checks: { database: () => ++asked > 0 } }));
  for (let i = 0; i < 3; i++) expect((await ask(app, "/readyz")).status).toBe(200);
  expect(asked).toBe(1);
});

test("what fails is told once, and is asked for again", async () => {
  const told: unknown[] = [];
  let asked = 0;
  const app = createApp({ onError: (error) => void told.push(error) }).mount(
    health({ fresh: 1, checks: { database: () => ++asked > 3 } }),
  );
  expect((await ask(app, "/readyz")).status).toBe(503);
  while ((await ask(app, "/readyz")).status !== 200);
  expect(asked).toBe(4);
  expect(told).toHaveLength(1);
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

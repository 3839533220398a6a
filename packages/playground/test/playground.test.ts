import { gzipSync } from "node:zlib";
import { type App, type Graph, createApp, graph, policy, port, problem, provide, publicAccess } from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { bundle } from "../browser/bundle.ts";
import { playground } from "../src/index.ts";
import { unpacked } from "../src/unpacked.ts";
import { deskApp } from "./desk.ts";

const get = async (app: App, path: string, headers: Record<string, string> = {}): Promise<Response> =>
  app.fetch(new Request(`http://localhost${path}`, { headers }));

const guard = provide(
  "guard",
  { meta: [policy({ kind: "admin" })], problems: { forbidden: problem(403, "Admins only") } },
  ({ header, fail }) => header("x-admin") ?? fail.forbidden(),
);
const identity = port<string>()("identity");

describe("in development", () => {
  const app = deskApp({ plugins: [playground({ title: `Desk & "Co"` })] });

  test("the page has its script and styles from here, under a strict policy", async () => {
    const page = await get(app, "/playground");
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    const html = await page.text();
    expect(html).toContain("<title>Desk &#38; &#34;Co&#34;</title>");
    expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
    for (const [, address = ""] of html.matchAll(/(?:href|src)="(playground\/[^"]+)"/g)) {
      const asset = await get(app, `/${address}`);
      expect(asset.status).toBe(200);
      expect((await asset.text()).length).toBeGreaterThan(1000);
      const tag = asset.headers.get("etag") ?? "";
      expect((await get(app, `/${address}`, { "if-none-match": tag })).status).toBe(304);
    }
  });

  test("the graph is the app's, without the playground", async () => {
    const shown = (await (await get(app, "/playground/graph.json")).json()) as Graph;
    expect(JSON.stringify(shown)).not.toContain("playground:timing");
    const keys = shown.routes.map(({ key }) => key);
    const all = (await graph(app)).routes.map(({ key }) => key);
    expect(all.filter((key) => !keys.includes(key))).toEqual([
      "GET /playground",
      "GET /playground/app.css",
      "GET /playground/app.js",
      "GET /playground/graph.json",
    ]);
    expect(shown.middleware.map(({ name }) => name)).toEqual(["noStore", "rateLimit"]);
  });

  test("every answer says which steps ran and how long each took", async () => {
    const answer = await app.fetch(
      new Request("http://localhost/tickets/1", { method: "DELETE", headers: { authorization: "Bearer ada" } }),
    );
    const said = answer.headers.get("server-timing") ?? "";
    const steps = said.split(", ").map((metric) => metric.replace(/;(?:dur|start)=[\d.]+/g, ""));
    expect(steps).toEqual([
      `middleware;desc="rateLimit";depth=0`,
      `provider;desc="session";depth=1`,
      `provider;desc="user";depth=1`,
      `provider;desc="tx";depth=1`,
      `handler;desc="handler";depth=1`,
      "total",
    ]);
    const user = Number(/desc="user";dur=([\d.]+)/.exec(said)?.[1]);
    expect(user).toBeGreaterThan(1);
  });

  test("what an app says in Server-Timing itself stays, and any name can be said", async () => {
    const named = provide(`naïve "db"`, {}, () => 1);
    const own = createApp({ mode: "development", plugins: [playground()] }).get(
      "/",
      { use: [named] },
      () => new Response("", { headers: { "server-timing": "cache;dur=2" } }),
    );
    const said = (await get(own, "/")).headers.get("server-timing") ?? "";
    expect(said).toMatch(/^cache;dur=2, provider;desc="na%C3%AFve %22db%22";dur=/);
  });

  test("it may be anywhere, and addresses stay relative", async () => {
    const elsewhere = createApp({ mode: "development", plugins: [playground({ path: "/dev/tools" })] });
    const html = await (await get(elsewhere, "/dev/tools")).text();
    expect(html).toContain(`src="tools/app.js"`);
    expect(html).toContain(`data-root="../"`);
    expect((await get(elsewhere, "/dev/tools/graph.json")).status).toBe(200);
  });

  test("strict mode takes it as public", async () => {
    await expect(
      createApp({ mode: "development", strict: true, plugins: [playground()] }).ready(),
    ).resolves.toBeUndefined();
  });
});

describe("elsewhere", () => {
  test.for(["production", "test"] as const)("in %s it is absent, and nothing is timed", async (mode) => {
    const app = deskApp({ mode, plugins: [playground()] });
    for (const path of ["/playground", "/playground/app.js", "/playground/graph.json"])
      expect((await get(app, path)).status).toBe(404);
    expect((await get(app, "/tickets")).headers.get("server-timing")).toBeNull();
  });

  test("behind a guard it is there for those whom the guard lets in, and nothing is timed", async () => {
    const app = deskApp({ mode: "production", plugins: [playground({ use: [guard] })] });
    for (const path of ["/playground", "/playground/app.js", "/playground/app.css", "/playground/graph.json"]) {
      expect((await get(app, path)).status).toBe(403);
      const answer = await get(app, path, { "x-admin": "yes" });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("server-timing")).toBeNull();
    }
  });

  test("a guard may be what a port is bound to", async () => {
    const app = createApp({
      mode: "production",
      bind: [identity.to(guard)],
      plugins: [playground({ use: [identity] })],
    });
    expect((await get(app, "/playground")).status).toBe(403);
  });

  const unguarded = provide("unguarded", {}, () => "anyone");
  test.for([
    ["nothing", []],
    ["publicAccess()", [publicAccess()]],
    ["a provider without a policy", [unguarded]],
    ["a policy that nothing holds to", [policy({ kind: "admin" })]],
  ] as const)("%s guards nothing: the app does not start", async ([, use]) => {
    const app = deskApp({ mode: "production", plugins: [playground({ use })] });
    await expect(app.ready()).rejects.toThrow(/OS_PLAYGROUND_UNGUARDED GET \/playground/);
    expect((await get(app, "/playground")).status).toBe(500);
    expect((await get(app, "/playground")).status).toBe(500);
  });
});

describe("what browsers load", () => {
  test("was made of what lies in browser/: else run `npm run bundle` in this package", async () => {
    const made = await bundle();
    const kept = await unpacked();
    expect(kept.script === made.script, "script").toBe(true);
    expect(kept.style === made.style, "styles").toBe(true);
  });

  test("is at most 60 kB of script, compressed", async () => {
    expect(gzipSync((await unpacked()).script).length).toBeLessThan(60_000);
  });
});

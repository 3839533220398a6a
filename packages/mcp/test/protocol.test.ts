/** What stands between the network and the tools: raw requests, as no client of good will sends them. */
import {
  bytes,
  CompileError,
  createApp,
  graph,
  lazy,
  meta,
  policy,
  problem,
  provide,
  publicAccess,
  route,
} from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { mcp, tool } from "../src/index.ts";
import { fixture, seen } from "./app.ts";
import { connected, started, textOf } from "./client.ts";

const desk = { name: "desk", version: "1.0.0" };
const initialize = (protocolVersion: string) => ({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion, capabilities: {}, clientInfo: { name: "raw", version: "1" } },
});
const list = { jsonrpc: "2.0", id: 2, method: "tools/list" };

async function post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const data = /^data: (.*)$/m.exec(text)?.[1] ?? text;
  return { status: response.status, headers: response.headers, body: data === "" ? undefined : JSON.parse(data) };
}

describe("versions", () => {
  test.each(["2025-11-25", "2025-06-18", "2025-03-26"])("%s is spoken", async (version) => {
    const url = await started(fixture(mcp(desk)));
    expect(await post(url, initialize(version))).toMatchObject({
      status: 200,
      body: { id: 1, result: { protocolVersion: version, serverInfo: desk, capabilities: { tools: {} } } },
    });
    const { status, body } = await post(url, list, { "mcp-protocol-version": version });
    expect([status, body.result.tools.length]).toEqual([200, 27]);
  });

  test("one that nobody knows is answered with one that is spoken", async () => {
    const { body } = await post(await started(fixture(mcp(desk))), initialize("1999-01-01"));
    expect(body.result.protocolVersion).toBe("2025-11-25");
  });

  test("a request in one that nobody knows is refused", async () => {
    const { status, body } = await post(await started(fixture(mcp(desk))), list, {
      "mcp-protocol-version": "1999-01-01",
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { code: expect.any(Number) } });
  });
});

describe("messages", () => {
  test.each<[what: string, body: unknown, status: number, code: number]>([
    ["no JSON", "{", 400, -32700],
    ["no JSON-RPC", { hello: 1 }, 400, -32600],
    ["a method that is none", { jsonrpc: "2.0", id: 1, method: "tools/steal" }, 200, -32601],
    ["a call without a name", { jsonrpc: "2.0", id: 1, method: "tools/call", params: {} }, 200, -32602],
    [
      "arguments that are no object",
      { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "get_count", arguments: [1] } },
      200,
      -32602,
    ],
  ])("%s is told so", async (_what, message, status, code) => {
    const answer = await post(await started(fixture(mcp(desk))), message);
    expect(answer).toMatchObject({ status, body: { error: { code } } });
  });

  test("ping is answered", async () => {
    const answer = await post(await started(fixture(mcp(desk))), { jsonrpc: "2.0", id: 9, method: "ping" });
    expect(answer).toMatchObject({ status: 200, body: { id: 9, result: {} } });
  });

  test("a notification is taken without an answer", async () => {
    const answer = await post(await started(fixture(mcp(desk))), {
      jsonrpc: "2.0",
      method: "notifications/initialized",
    });
    expect(answer).toMatchObject({ status: 202, body: undefined });
  });

  test("there is nothing to subscribe to", async () => {
    const meta = {
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientInfo": { name: "raw", version: "1" },
      "io.modelcontextprotocol/clientCapabilities": {},
    };
    const listen = {
      ...list,
      method: "subscriptions/listen",
      params: { notifications: { toolsListChanged: true }, _meta: meta },
    };
    const headers = { "mcp-protocol-version": "2026-07-28", "mcp-method": "subscriptions/listen" };
    const { body } = await post(await started(fixture(mcp(desk))), listen, headers);
    expect(body).toMatchObject({ error: { message: "Subscription limit reached" } });
  });

  test("one that is too long is not read", async () => {
    const url = await started(fixture(mcp(desk), { limits: { body: "1KiB" } }));
    const { status } = await post(url, { ...list, params: { padding: "x".repeat(2000) } });
    expect(status).toBe(413);
  });

  test.each(["text/plain", "application/x-www-form-urlencoded"])("%s is none", async (type) => {
    const { status } = await post(await started(fixture(mcp(desk))), list, { "content-type": type });
    expect(status).toBe(415);
  });

  test.each(["GET", "DELETE"])("there is no session to %s", async (method) => {
    const { status, headers } = await fetch(await started(fixture(mcp(desk))), { method });
    expect([status, headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
  });
});

describe("origins", () => {
  const trusting = () => mcp({ ...desk, origins: ["https://agent.example"] });
  test.each([
    ["https://evil.example", 403],
    ["http://127.0.0.1", 403],
    ["null", 403],
    ["https://agent.example.evil.example", 403],
    ["https://agent.example:8443", 403],
    ["https://agent.example", 200],
  ])("%s: %i", async (origin, status) => {
    const url = await started(fixture(trusting()));
    seen.length = 0;
    const answer = await post(
      url,
      { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "get_count" } },
      { origin },
    );
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body).toMatchObject({ name: "foreignOrigin" });
  });

  test("the server's own name is foreign too: whoever rebinds it owns it", async () => {
    const url = await started(fixture(mcp(desk)));
    expect((await post(url, list, { origin: new URL(url).origin })).status).toBe(403);
  });
});

test("the endpoint can have guards of its own", async () => {
  const user = provide(
    "user",
    { problems: { unauthenticated: problem(401, "Sign in") }, meta: [policy({ kind: "signedIn" })] },
    ({ header, fail }) => header("authorization") ?? fail.unauthenticated(),
  );
  const url = await started(fixture(mcp({ ...desk, path: "/mcp", use: [user] }), { strict: true }));
  expect((await post(url, list)).status).toBe(401);
  expect((await post(url, list, { authorization: "Bearer a" })).status).toBe(200);
});

test("its place, its problem and its policy are in the graph", async () => {
  const { routes, plugins } = await graph(createApp({ plugins: [mcp({ ...desk, path: "/agents" })] }));
  expect(plugins).toEqual([{ name: "mcp", capabilities: ["routes", "compiled"] }]);
  expect(routes).toMatchObject([
    {
      key: "POST /agents",
      source: "plugin mcp",
      policies: [{ kind: "public" }],
      problems: { foreignOrigin: { status: 403 } },
    },
  ]);
});

test("an app that opts everything in does not offer the endpoint itself", async () => {
  const app = createApp({ use: [tool(), publicAccess()], plugins: [mcp(desk)], mode: "test" }).get("/a", () => "x");
  const { tools } = await (await connected(await started(app))).listTools();
  expect(tools.map(({ name }) => name)).toEqual(["get_a"]);
});

test("an app that has no tool has an empty list", async () => {
  const client = await connected(await started(createApp({ plugins: [mcp(desk)], mode: "test" })));
  expect((await client.listTools()).tools).toEqual([]);
});

test("of routes that only matchers tell apart, each tool reaches its own", async () => {
  const int = z.string().regex(/^\d+$/);
  const app = createApp({ plugins: [mcp(desk)], mode: "test" }).mount([
    {
      method: "GET",
      path: "/x/:id",
      matchers: { id: int },
      route: route({ use: [tool({ name: "by_number" })] }, () => "number"),
    },
    {
      method: "GET",
      path: "/x/:id",
      route: lazy(async () => route({ use: [tool({ name: "by_name" })] }, () => "name")),
    },
  ]);
  const client = await connected(await started(app));
  const call = async (name: string, id: string) =>
    textOf(await client.callTool({ name, arguments: { params: { id } } }));
  expect(await call("by_number", "7")).toBe("number");
  expect(await call("by_name", "ada")).toBe("name");
  expect(await call("by_number", "ada")).toContain("notFound");
  expect(await call("by_name", "7")).toContain("notFound");
});

describe("tools that cannot be offered", () => {
  const faults = async (app: ReturnType<typeof createApp>) => {
    const error: unknown = await app.ready().catch((thrown: unknown) => thrown);
    return error instanceof CompileError ? error.diagnostics.map(({ code, where }) => `${code} ${where}`) : error;
  };
  const broken = (mode: "test" | "production") =>
    createApp({ plugins: [mcp(desk)], mode, onError: () => {} }).mount({
      "* /any": route({ use: [tool()] }, () => ""),
      "404 /*path": route({ use: [tool()] }, () => ""),
      "POST /image": route({ use: [tool()], body: bytes(["image/png"]) }, () => ""),
      "GET /a": route({ use: [tool({ name: "same" })] }, () => ""),
      "GET /b": route({ use: [tool({ name: "same" })] }, () => ""),
      "GET /c": route({ use: [tool({ name: "no name" })] }, () => ""),
      [`GET /${"long/".repeat(20)}`]: lazy(async () => route({ use: [tool()] }, () => "")),
    });

  test("keep the app from starting", async () => {
    expect(await faults(broken("test"))).toEqual([
      "OS_TOOL_ROUTE 404 /*path",
      "OS_TOOL_ROUTE * /any",
      "OS_TOOL_NAME GET /b",
      "OS_TOOL_NAME GET /c",
      "OS_TOOL_BODY POST /image",
      `OS_TOOL_NAME GET /${"long/".repeat(20)}`,
    ]);
  });

  test("are told to whoever checks or develops", async () => {
    const told: unknown[] = [];
    const app = createApp({ plugins: [mcp(desk)], mode: "development", onError: (error) => told.push(error) });
    app.all("/any", { use: [tool()] }, () => "");
    await app.ready();
    await app.close();
    expect(told).toMatchObject([{ diagnostics: [{ code: "OS_TOOL_ROUTE" }] }]);
    expect(await app.plugins[0]?.check?.(app)).toMatchObject([{ code: "OS_TOOL_ROUTE", where: "* /any" }]);
  });

  test("keep nothing but the endpoint from working in production, where lazy routes stay unloaded", async () => {
    const url = await started(broken("production"));
    expect((await post(url, list)).status).toBe(500);
    expect((await fetch(url.replace("/mcp", "/a"))).status).toBe(200);
  });

  test.each([{ origins: ["agent.example"] }, { origins: ["https://agent.example/"] }, { streams: { items: 0 } }])(
    "options that mean nothing are refused: %j",
    (options) => {
      expect(() => mcp({ ...desk, ...options })).toThrow("OS_MCP_OPTION");
    },
  );
});

test("metadata of others does not make a tool", async () => {
  const other = meta<object>("openapi");
  const app = createApp({ plugins: [mcp(desk)], mode: "test" }).get("/a", { use: [other({})] }, () => "");
  expect((await (await connected(await started(app))).listTools()).tools).toEqual([]);
});

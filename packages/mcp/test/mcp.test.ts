/** The official client against a running app, in both editions of the protocol that the SDK speaks. */
import type { ClientOptions } from "@modelcontextprotocol/client";
import { beforeEach, describe, expect, test } from "vitest";
import { mcp } from "../src/index.ts";
import { fixture, seen, streamed } from "./app.ts";
import { connected, started, textOf } from "./client.ts";

const plugin = () =>
  mcp({ name: "desk", version: "1.2.3", instructions: "Be kind.", streams: { items: 5, time: "300ms" } });
const editions: readonly [name: string, version: string, options: ClientOptions][] = [
  ["with a handshake", "2025-11-25", { versionNegotiation: { mode: "legacy" } }],
  ["without one", "2026-07-28", { versionNegotiation: { mode: "auto" } }],
];

beforeEach(() => {
  seen.length = 0;
});

describe.each(editions)("MCP %s", (_name, version, options) => {
  const legacy = version.startsWith("2025");
  const open = async (headers: Readonly<Record<string, string>> = {}) =>
    connected(await started(fixture(plugin())), headers, options);
  const call = async (
    name: string,
    given: Record<string, unknown> = {},
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const client = await open(headers);
    await client.listTools(); // the client holds results to the schemas that were listed
    return client.callTool({ name, arguments: given });
  };

  test("introduces the app", async () => {
    const client = await open();
    expect(client.getServerVersion()).toMatchObject({ name: "desk", version: "1.2.3" });
    expect(client.getInstructions()).toBe("Be kind.");
    expect(client.getNegotiatedProtocolVersion()).toBe(version);
    expect(client.getServerCapabilities()).toMatchObject({ tools: {} });
  });

  test("lists what was opted in, and nothing else", async () => {
    const { tools } = await (await open()).listTools();
    const names = tools.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["get_tickets_by_id", "list_tickets", "post_tickets", "get_pages_by_page"]),
    );
    expect(names).toHaveLength(27);
    expect(names.filter((name) => /secret|hidden|upload|mcp|users_me/.test(name))).toEqual([]);
    expect(tools.find(({ name }) => name === "list_tickets")).toMatchObject({
      title: "Tickets",
      description: "Lists the open ones.",
      annotations: { readOnlyHint: true },
      inputSchema: {
        type: "object",
        additionalProperties: false,
        required: [],
        properties: { query: { properties: { tag: { type: "array" }, limit: { type: "integer", default: 3 } } } },
      },
    });
    expect(tools.find(({ name }) => name === "get_tickets_by_id")).toMatchObject({
      title: "One ticket",
      description: "One ticket",
      inputSchema: {
        required: ["params"],
        properties: { params: { properties: { id: { type: "integer" } }, required: ["id"] } },
      },
      outputSchema: { type: "object", $ref: "#/$defs/Ticket", $defs: { Ticket: { required: ["id", "title"] } } },
    });
    expect(tools.find(({ name }) => name === "delete_tickets_by_id")?.annotations).toEqual({
      readOnlyHint: false,
      destructiveHint: true,
      idempotentHint: true,
    });
    expect(tools.find(({ name }) => name === "get_pages_by_page")).toMatchObject({
      description: expect.stringContaining("Deprecated"),
      inputSchema: { required: [], properties: { params: { properties: { page: { type: "string" } }, required: [] } } },
    });
  });

  test("calls a route, whose answer is sent as it is declared", async () => {
    const result = await call("get_tickets_by_id", { params: { id: 7 } });
    expect(result.structuredContent).toEqual({ id: 7, title: "It does not ring" });
    expect(JSON.parse(textOf(result))).toEqual(result.structuredContent);
    expect(result.isError).toBeFalsy();
  });

  test.each([
    ["list_tickets", { query: { limit: 2, tag: ["a", "b c"] } }, [0, 1].map((id) => ({ id, title: "a,b c" }))],
    ["list_tickets", {}, [0, 1, 2].map((id) => ({ id, title: "any" }))],
    ["get_count", {}, 3],
    ["post_tickets", { body: { title: "Printer" } }, { id: 7, title: "Printer" }],
    ["post_tickets", { body: { title: "nothing" } }, null],
    ["get_lines", {}, [{ n: 1 }, { n: 2 }]],
    ["get_events", {}, [{ n: 1 }, { n: 2 }]],
  ])("carries what is no object: %s %j", async (name, given, expected) => {
    const { structuredContent } = await call(name, given);
    // Until 2025-11-25 a result is an object, and the SDK wraps what is none, or may be none.
    const plain = name === "post_tickets" || Array.isArray(expected) || typeof expected !== "object";
    expect(structuredContent).toEqual(legacy && plain ? { result: expected } : expected);
  });

  test("carries schemas that hold themselves", async () => {
    const tree = { name: "a", inside: [{ name: "b", inside: [] }] };
    expect((await call("put_trees_by_name", { params: { name: "a/b ü" }, body: tree })).structuredContent).toEqual(
      tree,
    );
    const refused = await call("put_trees_by_name", {
      params: { name: "a" },
      body: { name: "a", inside: [{ name: 1 }] },
    });
    expect(refused.isError).toBe(true);
  });

  test.each([
    [
      "get_tickets_by_id",
      { params: { id: "x" } },
      { name: "invalid", status: 422, errors: [{ in: "params", pointer: "#/id" }] },
    ],
    ["get_tickets_by_id", { params: { id: 100 } }, { name: "notFound", status: 404, title: "No such ticket" }],
    ["get_tickets_by_id", {}, { name: "invalid", errors: [{ in: "params", pointer: "#/id" }] }],
    ["get_tickets_by_id", { params: { id: {} } }, { name: "invalid", errors: [{ in: "params", pointer: "#/id" }] }],
    ["get_tickets_by_id", { params: 7 }, { name: "invalid", errors: [{ in: "params", pointer: "#" }] }],
    ["list_tickets", { query: { limit: 51 } }, { name: "invalid", errors: [{ in: "query", pointer: "#/limit" }] }],
    ["list_tickets", { query: { tag: { a: 1 } } }, { name: "invalid", errors: [{ in: "query", pointer: "#/tag" }] }],
    [
      "list_tickets",
      { headers: { authorization: "Bearer root" } },
      { name: "invalid", detail: "The tool takes no headers." },
    ],
    ["post_tickets", { body: { title: "ab" } }, { name: "invalid", errors: [{ in: "body", pointer: "#/title" }] }],
    ["post_tickets", {}, { name: "invalid", errors: [{ in: "body" }] }],
    ["post_tickets", { body: JSON.parse('{"title":"abc","__proto__":{}}') }, { name: "malformed" }],
    ["post_note", { body: 7 }, { name: "invalid", errors: [{ in: "body", pointer: "#" }] }],
    ["get_broken", {}, { name: "internal", status: 500 }],
  ])("answers a problem as an error: %s %j", async (name, given, problem) => {
    const result = await call(name, given);
    expect(result.isError).toBe(true);
    expect(JSON.parse(textOf(result))).toMatchObject(problem);
    expect(textOf(result)).not.toContain("secret");
  });

  test("meets the guards that the caller would meet", async () => {
    const refused = async (headers: Readonly<Record<string, string>>, name = "delete_tickets_by_id") =>
      JSON.parse(textOf(await call(name, name === "get_me" ? {} : { params: { id: 3 } }, headers)));
    expect(await refused({})).toMatchObject({ status: 401, name: "unauthenticated" });
    expect(await refused({ authorization: "Bearer ada" })).toMatchObject({ status: 403, name: "forbidden" });
    expect(await refused({}, "get_me")).toMatchObject({ status: 401 });
    expect(seen).toEqual([]);
    expect(
      (await call("delete_tickets_by_id", { params: { id: 3 } }, { authorization: "Bearer root" })).isError,
    ).toBeFalsy();
    expect(seen).toEqual(["deleted 3"]);
    expect((await call("get_me", {}, { cookie: "sid=ada" })).structuredContent).toEqual({ name: "ada" });
  });

  test("passes the caller's headers on, and not those of the protocol", async () => {
    const { structuredContent } = await call("get_echo", {}, { "x-tenant": "acme", "if-none-match": "*" });
    const { headers } = structuredContent as { readonly headers: Readonly<Record<string, string>> };
    expect(headers).toMatchObject({ "x-tenant": "acme", accept: expect.stringContaining("application/json") });
    const kept = Object.keys(headers).filter((name) => /^(?:mcp-|content-|if-|transfer|connection)/.test(name));
    expect(kept).toEqual([]);
  });

  test("reads streams as far as a result can hold them, and ends them", async () => {
    const before = streamed.cancelled;
    const result = await call("get_endless");
    const items = [0, 1, 2, 3, 4].map((n) => ({ n }));
    expect(result.structuredContent).toEqual(legacy ? { result: items } : items);
    expect(result.content[1]).toMatchObject({ text: "The first 5 of a stream that goes on." });
    await expect.poll(() => streamed.cancelled).toBe(before + 1);
    const silent = await call("get_silent");
    expect(silent.structuredContent).toEqual(legacy ? { result: [{ n: 0 }] } : [{ n: 0 }]);
    expect(silent.content[1]).toMatchObject({ text: "The first 1 of a stream that goes on." });
  });

  test("reads no line that never ends", async () => {
    const before = streamed.cancelled;
    expect((await call("get_torrent")).content[1]).toMatchObject({ text: "The first 0 of a stream that goes on." });
    await expect.poll(() => streamed.cancelled).toBe(before + 1);
  });

  test.each(["get_cut", "get_false"])("keeps the reason of what broke in the house: %s", async (name) => {
    const result = await call(name);
    expect(result.isError).toBe(true);
    expect(JSON.parse(textOf(result))).toMatchObject({ name: "internal", status: 500 });
  });

  test("says so where a route streams and did not tell", async () => {
    const result = await call("get_unsaid");
    expect(result).toMatchObject({ isError: true });
    expect(textOf(result)).toContain("OS_TOOL_STREAM");
  });

  test.each([
    ["get_pixel", [{ type: "image", mimeType: "image/png", data: "iVBORw==" }]],
    ["get_blob", [{ type: "resource", resource: { mimeType: "application/zip", blob: "AQID" } }]],
    ["get_csv", [{ type: "text", text: "a,b" }]],
    ["get_moved", [{ type: "text", text: "Status 303: see /tickets" }]],
    ["get_loose", [{ type: "text", text: '{"any":"thing"}' }]],
  ])("carries other media: %s", async (name, content) => {
    expect(await call(name)).toMatchObject({ content });
  });

  test.each([
    ["post_old", { body: { a: "x & y", n: 7, list: ["1", "2"] } }, '{"a":"x & y","n":7,"list":["1","2"]}'],
    ["post_note", { body: "Grüße" }, "noted Grüße"],
    ["get_files_by_path", { params: { path: "a b/ü/c?d#e%2F" } }, '{"path":"a b/ü/c?d#e%2F"}'],
    ["get_pages_by_page", {}, "{}"],
    ["get_pages_by_page", { params: { page: "7" } }, '{"page":"7"}'],
  ])("sends what a route takes: %s %j", async (name, given, expected) => {
    expect(textOf(await call(name, given))).toBe(expected);
  });

  test.each(["me", "%6De", "", ".", "..", "../secret", "x/../../secret", "\ud800"])(
    "reaches no other route by its params: %j",
    async (id) => {
      for (const [name, params] of [
        ["get_users_by_id", { id }],
        ["get_files_by_path", { path: `../${id}` }],
      ] as const) {
        const result = await call(name, { params });
        if (result.isError === true)
          expect(JSON.parse(textOf(result)).name).toMatch(/^(?:notFound|invalid|malformed)$/);
        else expect(JSON.parse(textOf(result))).toEqual(params);
      }
      expect(seen).toEqual([]);
    },
  );

  test("knows no tool that nobody opted in", async () => {
    const client = await open();
    for (const name of ["get_secret", "get_hidden", "get_users_me", "post_mcp", "toString"])
      await expect(client.callTool({ name })).rejects.toThrow(`There is no tool ${name}.`);
    expect(seen).toEqual([]);
  });
});

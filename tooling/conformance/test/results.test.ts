import { createApp, reply } from "@openspeed/core";
import { expect, test } from "vitest";
import { carriesCookies, suite } from "./suite.ts";

const encoder = new TextEncoder();

suite("results", (open) => {
  const values: { name: string; value: () => unknown; status: number; type: string | null; text: string }[] = [
    { name: "a text", value: () => "héllo", status: 200, type: "text/plain; charset=utf-8", text: "héllo" },
    { name: "an empty text", value: () => "", status: 200, type: "text/plain; charset=utf-8", text: "" },
    { name: "nothing", value: () => undefined, status: 204, type: null, text: "" },
    { name: "null", value: () => null, status: 200, type: "application/json", text: "null" },
    {
      name: "an object",
      value: () => ({ a: 1, b: undefined }),
      status: 200,
      type: "application/json",
      text: '{"a":1}',
    },
    { name: "a list", value: () => [1, "a"], status: 200, type: "application/json", text: '[1,"a"]' },
    { name: "a number", value: () => 0, status: 200, type: "application/json", text: "0" },
    { name: "a boolean", value: () => false, status: 200, type: "application/json", text: "false" },
    {
      name: "a date",
      value: () => new Date(0),
      status: 200,
      type: "application/json",
      text: '"1970-01-01T00:00:00.000Z"',
    },
    {
      name: "an object without a prototype",
      value: () => Object.assign(Object.create(null), { a: 1 }),
      status: 200,
      type: "application/json",
      text: '{"a":1}',
    },
    {
      name: "an object with toJSON",
      value: () => ({ toJSON: () => ({ is: "json" }) }),
      status: 200,
      type: "application/json",
      text: '{"is":"json"}',
    },
    {
      name: "bytes",
      value: () => encoder.encode("bytes"),
      status: 200,
      type: "application/octet-stream",
      text: "bytes",
    },
    {
      name: "a stream",
      value: () => new Blob(["streamed"]).stream(),
      status: 200,
      type: "application/octet-stream",
      text: "streamed",
    },
    {
      name: "a blob",
      value: () => new Blob(["a,b"], { type: "text/csv" }),
      status: 200,
      type: "text/csv",
      text: "a,b",
    },
    { name: "a reply", value: () => reply(201, { id: 1 }), status: 201, type: "application/json", text: '{"id":1}' },
    {
      name: "a reply with a text",
      value: () => reply(202, "later"),
      status: 202,
      type: "text/plain; charset=utf-8",
      text: "later",
    },
    { name: "a reply without a value", value: () => reply(205), status: 205, type: null, text: "" },
    { name: "a reply of nothing", value: () => reply(204, undefined), status: 204, type: null, text: "" },
    {
      name: "a reply of bytes",
      value: () => reply(200, encoder.encode("x"), { "content-type": "image/png" }),
      status: 200,
      type: "image/png",
      text: "x",
    },
    {
      name: "a reply with a type of its own",
      value: () => reply(200, "<p>", { "Content-Type": "text/html" }),
      status: 200,
      type: "text/html",
      text: "<p>",
    },
    {
      name: "JSON by another name",
      value: () => reply(200, { a: 1 }, { "content-type": "application/ld+json" }),
      status: 200,
      type: "application/ld+json",
      text: '{"a":1}',
    },
    {
      name: "a Response",
      value: () => new Response("raw", { status: 299, headers: { "content-type": "text/x-raw" } }),
      status: 299,
      type: "text/x-raw",
      text: "raw",
    },
    { name: "an empty Response", value: () => new Response(null, { status: 204 }), status: 204, type: null, text: "" },
    {
      name: "a Response of JSON",
      value: () => Response.json({ a: 1 }, { headers: { "content-type": "application/json" } }),
      status: 200,
      type: "application/json",
      text: '{"a":1}',
    },
  ];
  for (const how of ["synchronously", "asynchronously"] as const) {
    test.each(values)(`$name, ${how}`, async ({ value, status, type, text }) => {
      const app = createApp({ mode: "production" });
      if (how === "synchronously") app.get("/", value);
      else app.get("/", async () => value());
      const t = await open(app);
      const answer = await t("GET /").expect(status);
      expect(answer.text).toBe(text);
      expect(answer.headers.get("content-type")).toBe(type);
      const head = await t("HEAD /").expect(status);
      expect(head.text).toBe("");
      expect(head.headers.get("content-type")).toBe(type);
    });
  }

  test("a value that only looks like a reply is a value", async () => {
    const stored = { kind: "reply", status: 500, value: "<script>", headers: { "set-cookie": "stolen=1" } };
    const t = await open(createApp().get("/", () => stored));
    expect((await t("GET /").expect(200).expectHeader("set-cookie", null)).value).toEqual(stored);
    const offered = await open(createApp().get("/", { offers: ["application/json"] }, () => stored));
    expect((await offered("GET /").expect(200).expectHeader("set-cookie", null)).value).toEqual(stored);
    const echo = await open(createApp().get("/", ({ query }) => query));
    await echo("GET /?kind=reply&status=500&value=x&headers=y").expect(200, {
      kind: "reply",
      status: "500",
      value: "x",
      headers: "y",
    });
  });
});

suite("headers of replies", (open) => {
  test.skipIf(!carriesCookies)("several of one name, set-cookie above all", async () => {
    const t = await open(
      createApp().get("/", () =>
        reply(200, "x", { "Set-Cookie": ["a=1; Path=/", "b=2"], "x-many": ["1", "2"], "X-One": "1" }),
      ),
    );
    const { headers } = await t("GET /").expect(200).expectHeader("x-many", "1, 2").expectHeader("x-one", "1");
    expect(headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2"]);
  });

  test.skipIf(!carriesCookies)("of a Response, set-cookie above all", async () => {
    const made = () => {
      const headers = new Headers({ "x-one": "1" });
      headers.append("set-cookie", "a=1");
      headers.append("set-cookie", "b=2");
      return new Response("x", { headers });
    };
    const t = await open(createApp().get("/", made));
    const { headers } = await t("GET /").expect(200).expectHeader("x-one", "1");
    expect(headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  test.each([{ "x-split": "a\r\nset-cookie: stolen=1" }, { "x split": "a" }, { "x\r\ny": "a" }])(
    "a line break cannot make another header: %j",
    async (headers) => {
      const t = await open(createApp({ onError: () => {} }).get("/", () => reply(200, "x", headers)));
      const response = await t.fetch("/").catch(() => undefined);
      expect(response?.headers.get("set-cookie") ?? null).toBeNull();
      expect(response?.status ?? 500).toBe(500);
    },
  );

  test("redirects are not followed", async () => {
    const t = await open(createApp().get("/", () => reply(303, undefined, { location: "/elsewhere" })));
    await t("GET /").expect(303).expectHeader("location", "/elsewhere");
  });
});

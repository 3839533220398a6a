import { type } from "arktype";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type App, bytes, createApp, form, graph, middleware, provide, route, stream, text } from "../src/index.ts";

const URL_ROOT = "http://localhost";

/** A page's requests leave cookies to the browser. */
const carriesCookies = new Request(URL_ROOT, { headers: { cookie: "a=1" } }).headers.has("cookie");

function post(body: string | ReadableStream<Uint8Array<ArrayBuffer>>, headers: Record<string, string> = {}): Request {
  return new Request(`${URL_ROOT}/`, { method: "POST", body, headers, duplex: "half" });
}

/** A body that comes in pieces, without a declared length. */
function pieces(list: readonly Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (const piece of list) controller.enqueue(piece);
      controller.close();
    },
  });
}

const errorsOf = async (response: Response): Promise<readonly string[]> => {
  const { errors = [] } = (await response.json()) as { readonly errors?: readonly { in: string; pointer: string }[] };
  return errors.map((error) => error.in + error.pointer);
};

describe("everything that is wrong with a request is told at once", () => {
  const parts = ["params", "query", "headers", "cookies", "body"] as const;
  const yes = z.object({ v: z.literal("yes") });
  const slow = yes.refine(async () => true);

  test.each([
    ["schemas that answer at once", yes],
    ["schemas that wait", slow],
  ])("%s", async (_, schema) => {
    const app = createApp().post(
      "/:v",
      { params: schema, query: schema, headers: schema, cookies: schema, body: schema },
      (ctx) => {
        return parts.map((part) => ctx[part].v);
      },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("yes", "no", undefined), { minLength: 5, maxLength: 5 }),
        async (values) => {
          const [inParams = "no", inQuery, inHeaders, inCookies, inBody] = values;
          const response = await app.fetch(
            new Request(`${URL_ROOT}/${inParams}${inQuery === undefined ? "" : `?v=${inQuery}`}`, {
              method: "POST",
              headers: {
                "content-type": "application/json",
                ...(inHeaders && { v: inHeaders }),
                ...(inCookies && { cookie: `v=${inCookies}` }),
              },
              body: JSON.stringify({ v: inBody }),
            }),
          );
          const sent = [inParams, inQuery, inHeaders, carriesCookies ? inCookies : undefined, inBody];
          const wrong = parts.filter((_, i) => sent[i] !== "yes");
          expect(response.status).toBe(wrong.length === 0 ? 200 : 422);
          if (wrong.length > 0) expect(await errorsOf(response)).toEqual(wrong.map((part) => `${part}#/v`));
        },
      ),
      { numRuns: 200 },
    );
  });
});

test("pointers escape what a pointer must (RFC 6901)", async () => {
  const key = "a/b~c d%é";
  const app = createApp().post("/", { body: z.object({ [key]: z.array(z.object({ n: z.number() })) }) }, () => "");
  const response = await app.fetch(
    post(JSON.stringify({ [key]: [{ n: 1 }, {}] }), { "content-type": "application/json" }),
  );
  expect(await errorsOf(response)).toEqual(["body#/a~1b~0c%20d%25%C3%A9/1/n"]);
});

describe("media types", () => {
  const Body = z.object({ n: z.number() }).optional();
  const app = createApp()
    .post("/json", { body: Body }, ({ body }) => body ?? "nothing")
    .post("/form", { body: form(Body) }, ({ body }) => body ?? "nothing")
    .post("/form/required", { body: form(z.object({ n: z.number() })) }, ({ body }) => body)
    .post("/csv", { body: text(["text/csv"]) }, ({ body }) => body ?? "nothing")
    .post("/any", { body: bytes() }, ({ body }) => `${body.byteLength} bytes`);
  const JSON_TYPE = "application/json";
  const FORM = "application/x-www-form-urlencoded";

  test.each<[path: string, type: string | undefined, body: string | null, status: number, accept?: string]>([
    ["/json", JSON_TYPE, '{"n":1}', 200],
    ["/json", "Application/JSON; charset=utf-8", '{"n":1}', 200],
    ["/json", "application/problem+json", '{"n":1}', 200],
    ["/json", "application/vnd.x+json;v=1", '{"n":1}', 200],
    ["/json", "a/b+json", '{"n":1}', 200],
    ["/json", JSON_TYPE, "", 200],
    ["/json", undefined, null, 200],
    ["/json", "text/json", '{"n":1}', 415, "application/json, */*+json"],
    ["/json", "application/jsonx", '{"n":1}', 415],
    ["/json", FORM, "n=1", 415],
    ["/json", "text/plain", "", 415],
    ["/json", "application/json\u00a0", '{"n":1}', 415],
    ["/json", "application/json, text/plain", '{"n":1}', 415],
    ["/json", "no-media-type+json", '{"n":1}', 415],
    ["/json", "example/+json", '{"n":1}', 415],
    ["/form", FORM, "n=1", 200],
    ["/form", undefined, null, 200],
    ["/form/required", undefined, null, 422],
    ["/form", JSON_TYPE, '{"n":1}', 415, FORM],
    ["/csv", "text/csv", "a,b", 200],
    ["/csv", "text/csv;header=present", "a,b", 200],
    ["/csv", "text/plain", "a,b", 415, "text/csv"],
    ["/any", "image/png", "abc", 200],
    ["/any", undefined, null, 200],
  ])("%s as %s %j: %i", async (path, contentType, body, status, accept) => {
    const headers = contentType === undefined ? {} : { "content-type": contentType };
    const response = await app.fetch(new Request(URL_ROOT + path, { method: "POST", headers, body }));
    expect(response.status).toBe(status);
    if (accept !== undefined) expect(response.headers.get("accept")).toBe(accept);
  });

  test("no body at all is an empty one where none is wrong", async () => {
    const types = ["a/b"];
    const empty = createApp()
      .post("/text", { body: text(types) }, ({ body }) => `${body.length}`)
      .post("/bytes", { body: bytes(types) }, ({ body }) => `${body.byteLength}`)
      .post("/stream", { body: stream(types) }, async ({ body }) => `${(await new Response(body).text()).length}`);
    for (const path of ["/text", "/bytes", "/stream"]) {
      const response = await empty.fetch(new Request(URL_ROOT + path, { method: "POST" }));
      expect([response.status, await response.text()]).toEqual([200, "0"]);
    }
  });
});

describe("a body in pieces", () => {
  const piece = fc.uint8Array({ maxLength: 12 }).map((list) => new Uint8Array(list));

  test("is the same bytes, as far as the limit allows", async () => {
    const app = createApp().post("/", { body: bytes(), limits: { body: 32 } }, ({ body }) => body);
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 6 }), async (list) => {
        const all = list.flatMap((each) => [...each]);
        const response = await app.fetch(post(pieces(list)));
        expect(response.status).toBe(all.length > 32 ? 413 : 200);
        if (all.length <= 32) expect([...new Uint8Array(await response.arrayBuffer())]).toEqual(all);
      }),
      { numRuns: 300 },
    );
  });

  test("is the same text, wherever it was cut", async () => {
    const app = createApp().post("/", { body: z.array(z.string()) }, ({ body }) => body);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: "grapheme" })), fc.nat(), async (value, at) => {
        const all = new TextEncoder().encode(JSON.stringify(value));
        const cut = at % all.length;
        const response = await app.fetch(
          post(pieces([all.slice(0, cut), all.slice(cut)]), { "content-type": "application/json" }),
        );
        expect(await response.json()).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });
});

describe("who reads inputs", () => {
  const ask = async (app: App, target: string): Promise<Response> => app.fetch(new Request(URL_ROOT + target));
  const Query = z.object({ n: z.number() });

  test("gets what the handler gets, validated once", async () => {
    let runs = 0;
    const counted = Query.refine(() => ++runs > 0);
    const guard = provide("guard", {}, ({ query, route: key }) => ({ seen: query, key }));
    const app = createApp().get("/", { use: [guard], query: counted }, ({ guard, query }) => ({
      same: guard.seen === query,
      key: guard.key,
    }));
    expect(await (await ask(app, "/?n=1")).json()).toEqual({ same: true, key: "GET /" });
    expect(runs).toBe(1);
    expect((await ask(app, "/?n=x")).status).toBe(422);
  });

  test("finds texts where the route declares nothing", async () => {
    const log = middleware("log", {}, (ctx, next) =>
      ctx.query["stop"] === "1" ? { status: 202, headers: [], body: String(ctx.params["id"]) } : next(),
    );
    const app = createApp({ use: [log] }).get("/:id", () => "handler");
    expect(await (await ask(app, "/7?stop=1")).text()).toBe("7");
    expect(await (await ask(app, "/7")).text()).toBe("handler");
  });

  test("cannot read what is validated asynchronously, unless it is the handler", async () => {
    const errors: unknown[] = [];
    const early = middleware("early", {}, (ctx, next) => (ctx.query["n"] === 1 ? next() : next()));
    const slow = route({ use: [early], query: Query.refine(async () => true) }, ({ query }) => query);
    const app = createApp({ mode: "production", onError: (error) => errors.push(error) })
      .get("/early", slow)
      .get("/late", { query: Query.refine(async () => true) }, ({ query }) => query);
    expect((await ask(app, "/early?n=1")).status).toBe(500);
    expect(String(errors[0])).toMatch(/asynchronously/);
    expect(await (await ask(app, "/late?n=1")).json()).toEqual({ n: 1 });
  });
});

test("a schema that JSON Schema cannot say is left open", async () => {
  const app = createApp()
    .post("/zod", { body: z.object({ at: z.date(), n: z.number() }) }, () => "")
    .post("/arktype", { body: type({ at: "Date", n: "number" }) }, () => "");
  const { routes } = await graph(app);
  for (const { body } of routes)
    expect(body?.input).toMatchObject({ type: "object", properties: { at: {}, n: { type: "number" } } });
});

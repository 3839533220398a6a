import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createApp, etag, type Mode, problem, reply, route } from "../src/index.ts";

type Sent = readonly [status: number, type: string | null, body: string];

const TEXT = "text/plain;charset=utf-8";
const JSON_TYPE = "application/json";
const BYTES = "application/octet-stream";
const bytes = new TextEncoder().encode("bytes");

async function sent(response: Response): Promise<Sent> {
  return [response.status, response.headers.get("content-type")?.replaceAll(" ", "") ?? null, await response.text()];
}

const get = async (app: ReturnType<typeof createApp>, headers: Record<string, string> = {}): Promise<Response> =>
  app.fetch(new Request("http://localhost/", { headers }));

async function* chunks(): AsyncGenerator<string | Uint8Array<ArrayBuffer>, void> {
  yield "a";
  yield bytes;
}

class Point {
  readonly x = 1;
}

const results: [what: string, make: () => unknown, sent: Sent][] = [
  ["a text", () => "hello", [200, TEXT, "hello"]],
  ["an empty text", () => "", [200, TEXT, ""]],
  ["an object", () => ({ a: 1 }), [200, JSON_TYPE, '{"a":1}']],
  [
    "an object without prototype",
    () => Object.assign(Object.create(null), { a: 1 }) as unknown,
    [200, JSON_TYPE, '{"a":1}'],
  ],
  ["an object of a class", () => new Point(), [200, JSON_TYPE, '{"x":1}']],
  [
    "an object named as a reply is",
    () => ({ kind: "reply", headers: {}, status: 500 }),
    [200, JSON_TYPE, '{"kind":"reply","headers":{},"status":500}'],
  ],
  ["a date", () => new Date(0), [200, JSON_TYPE, '"1970-01-01T00:00:00.000Z"']],
  ["a list", () => [1, "a", null], [200, JSON_TYPE, '[1,"a",null]']],
  ["a number", () => 7, [200, JSON_TYPE, "7"]],
  ["zero", () => 0, [200, JSON_TYPE, "0"]],
  ["a boolean", () => false, [200, JSON_TYPE, "false"]],
  ["null", () => null, [200, JSON_TYPE, "null"]],
  ["nothing", () => undefined, [204, null, ""]],
  ["bytes", () => bytes, [200, BYTES, "bytes"]],
  ["a stream", () => new Blob(["stream"]).stream(), [200, BYTES, "stream"]],
  ["a blob", () => new Blob(["blob"]), [200, BYTES, "blob"]],
  ["a blob with a type", () => new Blob(["a,b"], { type: "text/csv" }), [200, "text/csv", "a,b"]],
  [
    "a response",
    () => new Response("own", { status: 206, headers: { "content-type": "text/x" } }),
    [206, "text/x", "own"],
  ],
  ["a response without body", () => new Response(null, { status: 304 }), [304, null, ""]],
  ["a reply with a text", () => reply(201, "made"), [201, TEXT, "made"]],
  ["a reply with an object", () => reply(202, { a: 1 }), [202, JSON_TYPE, '{"a":1}']],
  ["a reply with null", () => reply(200, null), [200, JSON_TYPE, "null"]],
  ["a reply with nothing", () => reply(202), [202, null, ""]],
  ["a reply with status 204", () => reply(204, "never sent"), [204, null, ""]],
  ["a reply with bytes", () => reply(200, bytes), [200, BYTES, "bytes"]],
  ["a reply with its own type", () => reply(200, "<p>", { "Content-Type": "text/html" }), [200, "text/html", "<p>"]],
  [
    "a reply with an object of its own type",
    () => reply(200, { a: 1 }, { "content-type": "application/hal+json" }),
    [200, "application/hal+json", '{"a":1}'],
  ],
  ["a reply with chunks", () => reply(200, chunks(), { "content-type": "text/csv" }), [200, "text/csv", "abytes"]],
];

describe.each(["at once", "by a promise"])("a result that comes %s", (when) => {
  test.each(results)("%s", async (_, make, expected) => {
    const app = createApp({ mode: "test" }).get("/", () => (when === "at once" ? make() : Promise.resolve(make())));
    expect(await sent(await get(app))).toEqual(expected);
  });
});

test("any JSON value arrives as it is", async () => {
  let value: unknown;
  const app = createApp().get("/", () => value);
  await fc.assert(
    fc.asyncProperty(
      fc.jsonValue().filter((each) => typeof each !== "string"),
      async (each) => {
        value = each;
        const response = await get(app);
        expect(response.headers.get("content-type")).toBe(JSON_TYPE);
        expect(await response.text()).toBe(JSON.stringify(each));
      },
    ),
  );
});

test("any text arrives as it is", async () => {
  let value = "";
  const app = createApp().get("/", () => value);
  const text = fc.string({ unit: "binary" }).filter((each) => each.isWellFormed() && !each.startsWith("\ufeff"));
  await fc.assert(
    fc.asyncProperty(text, async (each) => {
      value = each;
      expect(await (await get(app)).text()).toBe(each);
    }),
  );
});

test("a reply's headers: names in lower case, lists several times", async () => {
  const app = createApp().get("/", () => reply(200, "x", { "X-Several": ["a=1", "b=2"], "X-Own": "1" }));
  const { headers } = await get(app);
  expect(headers.get("x-several")).toBe("a=1, b=2");
  expect(headers.get("x-own")).toBe("1");
});

describe("what is offered", () => {
  const make = {
    text: () => "a",
    object: () => ({ a: 1 }),
    bytes: () => bytes,
    blob: () => new Blob(["b"]),
    stream: () => new Blob(["s"]).stream(),
    chunks,
  };
  test.each<[what: keyof typeof make, offers: string, type: string, body: string]>([
    ["text", "text/html", "text/html", "a"],
    ["object", "application/hal+json", "application/hal+json", '{"a":1}'],
    ["object", "text/html", JSON_TYPE, '{"a":1}'],
    ["bytes", "image/png", "image/png", "bytes"],
    ["blob", "image/png", "image/png", "b"],
    ["stream", "image/png", "image/png", "s"],
    ["chunks", "text/csv", "text/csv", "abytes"],
  ])("%s as %s", async (what, offer, type, body) => {
    const app = createApp().get("/", { offers: [offer] }, () => make[what]());
    const response = await get(app, { accept: offer });
    expect(response.headers.get("vary")).toBe("accept");
    expect(await sent(response)).toEqual([200, type, body]);
  });
});

describe("declared outputs", () => {
  const User = z.object({ id: z.int() });
  const Async = z.object({ id: z.int() }).refine(async () => true);
  const user = { id: 1, secret: "x" };
  const modes: Mode[] = ["production", "development", "test"];
  const outputs = [
    ["one schema", route({ output: User }, () => user), [200, '{"id":1}']],
    ["a promise of it", route({ output: User }, async () => user), [200, '{"id":1}']],
    ["a schema that waits", route({ output: Async }, () => user), [200, '{"id":1}']],
    ["a transform", route({ output: z.object({ id: z.int().transform(String) }) }, () => user), [200, '{"id":"1"}']],
    ["a list", route({ output: z.array(User) }, () => [user]), [200, '[{"id":1}]']],
    ["a text", route({ output: z.string() }, () => "a"), [200, "a"]],
    ["several, by reply", route({ output: { 200: User, 201: z.null() } }, () => reply(200, user)), [200, '{"id":1}']],
    ["several, the usual one", route({ output: { 201: User } }, () => user), [201, '{"id":1}']],
    ["no body", route({ output: { 204: null } }, () => reply(204)), [204, ""]],
    ["a reply that waits", route({ output: { 202: Async } }, () => reply(202, user)), [202, '{"id":1}']],
    [
      "items",
      route({ output: User }, async function* () {
        yield user;
      }),
      [200, '{"id":1}\n'],
    ],
  ] as const;
  for (const mode of modes) {
    test.each(outputs)(`%s, in ${mode}`, async (_, handler, expected) => {
      const response = await get(createApp({ mode }).get("/", handler));
      expect([response.status, await response.text()]).toEqual(expected);
    });
  }

  // What the types refuse, a handler in JavaScript can still return.
  const lies: [what: string, app: (mode: Mode) => ReturnType<typeof createApp>][] = [
    ["a shape", (mode) => quiet(mode).get("/", { output: User }, () => ({ id: "x" }) as unknown as { id: number })],
    ["a status", (mode) => quiet(mode).get("/", { output: User }, () => reply(202, user) as never)],
    [
      "a status by a response",
      (mode) => quiet(mode).get("/", { output: User }, () => new Response("x", { status: 202 })),
    ],
    ["an error without a problem", (mode) => quiet(mode).get("/", () => reply(409, "x"))],
    [
      "another error than the declared one",
      (mode) => quiet(mode).get("/", { problems: { gone: problem(410, "Gone") } }, () => reply(409, "x")),
    ],
    ["a body", (mode) => quiet(mode).get("/", { output: { 202: null } }, () => reply(202, "x") as never)],
  ];
  const quiet = (mode: Mode): ReturnType<typeof createApp> => createApp({ mode, onError: () => {} });
  test.each(lies)(
    "%s that is not declared is loud in development and test, and passes in production",
    async (_, app) => {
      expect((await get(app("development"))).status).toBe(500);
      expect((await get(app("test"))).status).toBe(500);
      expect((await get(app("production"))).status).not.toBe(500);
    },
  );

  test("a status that a problem declares may be answered by hand", async () => {
    const app = quiet("test").get("/", { problems: { gone: problem(410, "Gone") } }, () => reply(410, "x"));
    expect((await get(app)).status).toBe(410);
  });
});

test.each<[what: string, make: () => unknown, tagged: boolean]>([
  ["a text", () => "a", true],
  ["bytes", () => bytes, true],
  ["JSON", () => ({ a: 1 }), true],
  ["a stream", () => new Blob(["a"]).stream(), false],
  ["another status", () => reply(201, "a"), false],
])("etag() of %s: %j", async (_, make, tagged) => {
  const app = createApp().get("/", { use: [etag()] }, make);
  const tag = (await get(app)).headers.get("etag");
  expect(tag !== null).toBe(tagged);
  expect((await get(app, { "if-none-match": tag ?? '"none"' })).status).toBe(tagged ? 304 : (await get(app)).status);
});

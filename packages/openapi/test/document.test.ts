import { createApp, graph, type Mode, problem, publicAccess, route, security } from "@openspeed/core";
import { dereference } from "@readme/openapi-parser";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type DocumentOptions, documentOf, type OpenApiDocument, openapi } from "../src/index.ts";
import { fixture, mountsOf, notFoundMount, webhooks } from "./fixture.ts";
import { lostBy, officialFaults, parserFaults } from "./validators.ts";

const everything: DocumentOptions = {
  title: "Fixture",
  version: "1.2.3",
  summary: "All of it",
  description: "With *everything*.",
  termsOfService: "https://example.com/terms",
  contact: { name: "Ada", email: "ada@example.com" },
  license: { name: "MIT", identifier: "MIT" },
  servers: [{ url: "https://example.com/api", description: "Here" }],
  tags: [{ name: "tickets", description: "What people want" }],
  externalDocs: { url: "https://example.com" },
};

async function documentFor(options: Partial<DocumentOptions> = {}): Promise<OpenApiDocument> {
  return documentOf(await graph(fixture()), { ...everything, webhooks: await webhooks(), ...options });
}

async function documentWith(add: (app: ReturnType<typeof createApp>) => unknown): Promise<OpenApiDocument> {
  const app = createApp();
  add(app);
  return documentOf(await graph(app), { title: "One" });
}

describe("validators", () => {
  test.each(["3.1", "3.2"] as const)(
    "nothing is wrong with a document of everything (%s), by two of them",
    async (edition) => {
      const document = await documentFor({ openapi: edition });
      expect(await officialFaults(document)).toEqual([]);
      // The parser does not know 3.2 yet.
      if (edition === "3.1") expect(await parserFaults(document)).toEqual([]);
    },
  );

  test("they would find a fault", async () => {
    const document = await documentFor();
    const broken = { ...document, paths: { "/x": { get: { responses: 7 } } } } as never;
    expect(await officialFaults(broken)).not.toEqual([]);
    expect(await parserFaults(broken)).not.toEqual([]);
  });

  test("a parser that follows every reference finds what it leads to, and nothing else", async () => {
    const document = await documentFor();
    expect(await lostBy(dereference, document)).toEqual([]);
    const { "/trees": _lost, ...paths } = document.paths;
    expect(await lostBy(async () => ({ ...document, paths }), document)).toEqual(["#/paths//trees"]);
  });
});

test("the order of mounting does not show", async () => {
  const text = async (mounts: ReturnType<typeof mountsOf>): Promise<string> =>
    JSON.stringify(documentOf(await graph(fixture(mounts)), everything));
  const mounts = mountsOf();
  const expected = await text(mounts);
  for (let turn = 1; turn <= 5; turn++) {
    const at = (mounts.length * turn) / 6;
    expect(await text([...mounts.slice(at), ...mounts.slice(0, at)].toReversed())).toBe(expected);
  }
});

describe("schemas", () => {
  test("a name stands for one schema, or for one of each side", async () => {
    const { components } = await documentFor();
    expect(Object.keys(components?.schemas ?? {}).filter((name) => !name.endsWith("Problem"))).toMatchInlineSnapshot(`
      [
        "Counted",
        "Folder",
        "Gr__e____",
        "Person",
        "PostTrees",
        "Problem2",
        "Stamp",
        "StampInput",
        "Ticket",
        "TicketInput",
      ]
    `);
    expect(components?.schemas?.["Stamp"]).toMatchObject({ properties: { at: { type: "integer" } } });
    expect(components?.schemas?.["StampInput"]).toMatchObject({
      properties: { at: { type: "string", format: "date-time" } },
    });
    expect(components?.schemas?.["TicketInput"]).toMatchObject({
      properties: { stamp: { $ref: "#/components/schemas/StampInput" } },
    });
  });

  test("a transform is described as what comes in and what goes out", async () => {
    const when = z.string().transform(Number).pipe(z.number());
    const document = await documentWith((app) =>
      app.post("/when", { body: z.object({ when }), output: z.object({ when }) }, () => ({ when: "1" })),
    );
    const { requestBody, responses } = document.paths["/when"]?.post ?? {};
    expect(requestBody?.content["application/json"]?.schema).toMatchObject({
      properties: { when: { type: "string" } },
    });
    expect(responses?.["200"]).toMatchObject({
      content: { "application/json": { schema: { properties: { when: { type: "number" } } } } },
    });
  });

  test("one that holds itself has a name, whether somebody gave it one or not", async () => {
    const { paths, components } = await documentFor();
    expect(components?.schemas?.["Folder"]).toMatchObject({
      properties: { folders: { items: { $ref: "#/components/schemas/Folder" } } },
    });
    expect(paths["/trees"]?.post?.requestBody?.content["application/json"]?.schema).toEqual({
      $ref: "#/components/schemas/PostTrees",
    });
    expect(components?.schemas?.["PostTrees"]).toMatchObject({
      properties: { branches: { items: { $ref: "#/components/schemas/PostTrees" } } },
    });
  });

  test("a user's Problem is its own, and ours goes out of its way", async () => {
    const { paths, components } = await documentFor();
    expect(components?.schemas?.["Problem"]).toMatchObject({ properties: { chapter: { type: "integer" } } });
    expect(components?.schemas?.["Problem2"]).toMatchObject({ required: ["type", "title", "status", "name"] });
    expect(paths["/chapters"]?.get?.responses["200"]).toMatchObject({
      content: { "application/json": { schema: { items: { $ref: "#/components/schemas/Problem" } } } },
    });
  });

  test("names hold nothing but what the specification lets them", async () => {
    const { components = {} } = await documentFor();
    const names = Object.values(components).flatMap((each) => Object.keys(each));
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !/^[a-zA-Z0-9._-]+$/.test(name))).toEqual([]);
  });

  test("nothing is kept that nothing refers to", async () => {
    const text = JSON.stringify(await documentFor());
    const { components } = JSON.parse(text) as OpenApiDocument;
    for (const name of Object.keys(components?.schemas ?? {})) expect(text).toContain(`"#/components/schemas/${name}"`);
    for (const name of Object.keys(components?.responses ?? {}))
      expect(text).toContain(`"#/components/responses/${name}"`);
  });
});

describe("problems", () => {
  test("are described once, and referred to", async () => {
    const { paths, components } = await documentFor();
    expect(paths["/plain"]?.get?.responses).toEqual({
      "2XX": { description: "Success", content: { "*/*": {} } },
      "3XX": { description: "Somewhere else" },
      "400": { $ref: "#/components/responses/MalformedRequest" },
      "414": { $ref: "#/components/responses/URITooLong" },
      "500": { $ref: "#/components/responses/InternalServerError" },
      "503": { $ref: "#/components/responses/OverloadedOrTheRequestTookTooLong" },
    });
    expect(components?.responses?.["NoSuchTicket"]).toEqual({
      description: "No such ticket",
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/NoSuchTicketProblem" } } },
    });
    expect(components?.schemas?.["TakenProblem"]).toMatchObject({
      properties: {
        name: { const: "taken" },
        status: { const: 409 },
        data: { properties: { by: { $ref: "#/components/schemas/Person" } } },
      },
      required: ["name", "status", "data"],
    });
  });

  test("several of a status are told apart by name; those of what a route uses are its own", async () => {
    const { paths } = await documentFor();
    const { responses } = paths["/tickets"]?.post ?? {};
    expect(responses?.["409"]).toMatchObject({
      description: "The desk is full · Taken",
      content: {
        "application/problem+json": {
          schema: { discriminator: { propertyName: "name", mapping: { taken: "#/components/schemas/TakenProblem" } } },
        },
      },
    });
    expect(responses?.["401"]).toEqual({ $ref: "#/components/responses/SignInFirst" });
    expect(responses?.["403"]).toEqual({ $ref: "#/components/responses/NotYours" });
    expect(paths["/tickets"]?.get?.responses["503"]).toMatchObject({
      description: "The store is busy · Overloaded · The request took too long",
    });
  });

  test("that are shown to people come as HTML too", async () => {
    const { paths, components } = await documentFor();
    expect(paths["/page"]?.get?.responses["422"]).toEqual({ $ref: "#/components/responses/InvalidRequestShown" });
    expect(Object.keys(components?.responses?.["InvalidRequestShown"]?.content ?? {})).toEqual([
      "application/problem+json",
      "text/html",
    ]);
  });
});

describe("what a route takes", () => {
  test("parameters, with the styles in which they are read", async () => {
    const { paths } = await documentFor();
    expect(paths["/tickets"]?.get?.parameters).toMatchObject([
      { name: "q", in: "query", deprecated: true, description: "What to look for" },
      { name: "page", in: "query", schema: { default: 1 } },
      { name: "tag", in: "query", style: "form", explode: true },
      { name: "open", in: "query" },
    ]);
    expect(paths["/inputs"]?.get?.parameters?.map(({ name, in: place }) => `${place} ${name}`)).toEqual([
      "query fields",
      "header x-trace",
      "header x-level",
      "cookie theme",
    ]);
    expect(paths["/files/{path}"]?.get?.parameters).toMatchObject([{ name: "path", in: "path", required: true }]);
  });

  test("an optional parameter makes two paths, and the rest of a path is one", async () => {
    const { paths } = await documentFor();
    expect(paths["/reports/{year}"]?.get?.parameters?.map(({ name }) => name)).toEqual(["year"]);
    expect(paths["/reports/{year}/{month}"]?.get?.parameters?.map(({ name }) => name)).toEqual(["year", "month"]);
  });

  test("what only matchers tell apart is one operation that says both", async () => {
    const { paths } = await documentFor();
    const { parameters, responses } = paths["/things/{id}"]?.get ?? {};
    expect(parameters).toMatchObject([
      { name: "id", schema: { anyOf: [{ pattern: expect.any(String) }, { pattern: expect.any(String) }] } },
    ]);
    expect(responses?.["200"]).toMatchObject({
      content: { "application/json": { schema: { anyOf: [{ required: ["name"] }, { required: ["number"] }] } } },
    });
    expect(Object.keys(responses ?? {})).toContain("410");
    expect(Object.keys(responses ?? {})).toContain("404");
  });

  test("a form with files has fields and files side by side", async () => {
    const { paths } = await documentFor();
    expect(paths["/pictures"]?.post?.requestBody?.content).toEqual({
      "multipart/form-data": {
        schema: {
          type: "object",
          properties: {
            title: { type: "string", minLength: 1 },
            year: expect.objectContaining({ type: "integer" }),
            picture: { type: "string", format: "binary" },
            more: {
              type: "array",
              items: { type: "string", format: "binary", contentMediaType: "application/octet-stream" },
            },
          },
          required: ["title", "picture"],
        },
        encoding: { picture: { contentType: "image/png, image/*" }, more: { contentType: "application/octet-stream" } },
      },
    });
  });

  test("bodies of other kinds", async () => {
    const { paths } = await documentFor();
    const typesOf = (path: string, method: "post" | "put" = "post"): readonly string[] =>
      Object.keys(paths[path]?.[method]?.requestBody?.content ?? {});
    expect(typesOf("/forms")).toEqual(["application/x-www-form-urlencoded"]);
    expect(typesOf("/echo/bytes")).toEqual(["*/*"]);
    expect(typesOf("/echo/text")).toEqual(["text/plain", "text/csv"]);
    expect(typesOf("/echo/stream", "put")).toEqual(["application/x-tar"]);
  });
});

describe("what a route answers", () => {
  test("streams say their items, each edition in its way", async () => {
    const items = { $ref: "#/components/schemas/Counted" };
    const old = await documentFor();
    expect(old.paths["/counts"]?.get?.responses["200"]).toMatchObject({
      content: { "application/x-ndjson": { schema: { type: "string", contentSchema: { type: "array", items } } } },
    });
    const { paths } = await documentFor({ openapi: "3.2" });
    expect(paths["/counts"]?.get?.responses["200"]).toMatchObject({
      content: {
        "application/x-ndjson": { itemSchema: items },
        "text/event-stream": { itemSchema: { properties: { data: { contentSchema: items } } } },
      },
    });
  });

  test("by status, with or without a body, as text where it is one", async () => {
    const { paths } = await documentFor();
    const content = (path: string, status: string, method: "get" | "post" = "get"): unknown =>
      Object.keys((paths[path]?.[method]?.responses[status] as { content?: object } | undefined)?.content ?? {});
    expect(content("/tickets", "201", "post")).toEqual(["application/json"]);
    expect(paths["/tickets"]?.post?.responses["202"]).toEqual({ description: "Accepted" });
    expect(content("/files/{path}", "200")).toEqual(["text/plain"]);
    expect(content("/maybe", "200")).toEqual(["application/json", "text/plain"]);
    expect(content("/offers", "200")).toEqual(["application/json", "text/csv"]);
  });
});

describe("beside that", () => {
  test("who may call is said by guards, all of which must be passed", async () => {
    const { paths, components } = await documentFor();
    expect(paths["/tickets"]?.post?.security).toEqual([{ session: [], oauth: ["write"] }]);
    expect(Object.keys(components?.securitySchemes ?? {})).toEqual(["oauth", "session"]);
    expect(paths["/tickets"]?.get?.security).toBeUndefined();
  });

  test("words, tags, callbacks, webhooks, chosen ids", async () => {
    const document = await documentFor();
    expect(document.info).toMatchObject({ title: "Fixture", version: "1.2.3", license: { identifier: "MIT" } });
    expect(document.tags?.[0]).toEqual({ name: "tickets", description: "What people want" });
    expect(document.paths["/tickets"]?.get).toMatchObject({ summary: "List", operationId: "getTickets" });
    expect(document.paths["/tickets/{id}"]?.get).toMatchObject({ deprecated: true });
    expect(Object.keys(document.paths["/tickets"]?.post?.callbacks ?? {})).toEqual(["closed"]);
    expect(document.webhooks?.["ticketClosed"]?.post?.operationId).toBe("ticketClosed");
    expect(document.paths["/named"]?.get?.operationId).toBe("theNamedOne");
    const ids = Object.values(document.paths).flatMap((item) =>
      Object.values(item).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("hidden routes and routes of misses are not in it; a route for every method is, for those without their own", async () => {
    const mounts = [...mountsOf(), ...(notFoundMount ? [notFoundMount] : [])];
    const { paths } = documentOf(await graph(fixture(mounts)), everything);
    expect(paths["/hidden"]).toBeUndefined();
    expect(paths["/openapi.json"]).toBeUndefined();
    expect(paths["/{path}"]).toBeUndefined();
    expect(Object.keys(paths["/any"] ?? {}).sort()).toEqual(["delete", "get", "patch", "post", "put"]);
  });

  test("a method that OpenAPI 3.1 has no word for is said in 3.2", async () => {
    const app = createApp({ routes: { "PROPFIND /dav": route({}, () => "x"), "QUERY /dav": route({}, () => "y") } });
    const [old, now] = (["3.1", "3.2"] as const).map((edition) => edition);
    expect(documentOf(await graph(app), { title: "Dav", openapi: old ?? "3.1" }).paths).toEqual({});
    const document = documentOf(await graph(app), { title: "Dav", openapi: now ?? "3.2" });
    expect(Object.keys(document.paths["/dav"] ?? {})).toEqual(["additionalOperations", "query"]);
    expect(await officialFaults(document)).toEqual([]);
  });

  test("what a path holds is written as a URL writes it", async () => {
    const { paths } = await documentWith((app) => app.get("/a {b}/:c", () => 1));
    expect(Object.keys(paths)).toEqual(["/a%20%7Bb%7D/{c}"]);
  });
});

describe("served", () => {
  const app = createApp({ mode: "test", strict: true, plugins: [openapi({ title: "Small", path: "/api" })] });
  app.get(
    "/x",
    {
      use: [publicAccess(), security({ name: "key", scheme: { type: "http", scheme: "bearer" } })],
      problems: { odd: problem(418, "A teapot") },
    },
    () => 1,
  );

  test("as JSON and as YAML, which say the same, with a tag", async () => {
    const [json, yaml] = await Promise.all(
      ["json", "yaml"].map((end) => app.fetch(new Request(`http://127.0.0.1/api.${end}`))),
    );
    expect(json?.headers.get("content-type")).toBe("application/json");
    expect(yaml?.headers.get("content-type")).toBe("application/yaml");
    const { parse } = await import("yaml");
    const document: unknown = await json?.json();
    expect(parse((await yaml?.text()) ?? "")).toEqual(document);
    expect(document).toMatchObject({ info: { title: "Small" }, paths: { "/x": { get: { security: [{ key: [] }] } } } });
    const again = await app.fetch(
      new Request("http://127.0.0.1/api.json", { headers: { "if-none-match": json?.headers.get("etag") ?? "" } }),
    );
    expect(again.status).toBe(304);
  });

  test("examples that their schemas refuse keep an app from starting, are told in development, and nothing else", async () => {
    const errors: unknown[] = [];
    const wrong = z
      .object({ size: z.int().meta({ examples: ["large"] }) })
      .meta({ id: "Shirt", examples: [{ size: 3 }] });
    const made = (mode: Mode): ReturnType<typeof createApp> => {
      const shop = createApp({
        mode,
        plugins: [openapi({ title: "Shop" })],
        onError: (error) => void errors.push(error),
      });
      return shop.post(
        "/shirts",
        {
          body: wrong,
          query: z.object({
            n: z
              .int()
              .default(1)
              .meta({ examples: [2, 0.5] }),
          }),
        },
        () => 1,
      );
    };
    await expect(made("test").ready()).rejects.toMatchObject({
      diagnostics: [
        {
          code: "OS_OPENAPI_EXAMPLE",
          where: "schema Shirt #/properties/size/examples/0",
          message: expect.stringContaining('"large"'),
        },
        { code: "OS_OPENAPI_EXAMPLE", where: "POST /shirts, query n #/examples/1" },
      ],
    });
    const developed = made("development");
    await developed.ready();
    await developed.close(); // which waits for what goes on beside
    expect(errors).toMatchObject([{ diagnostics: [{ code: "OS_OPENAPI_EXAMPLE" }, { code: "OS_OPENAPI_EXAMPLE" }] }]);
    await made("production").ready();
    expect(errors).toHaveLength(1);
  });
});

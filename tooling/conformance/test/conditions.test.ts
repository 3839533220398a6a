import { createApp, etag, reply } from "@openspeed/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { suite } from "./suite.ts";

const date = "Wed, 21 Oct 2026 07:28:00 GMT";
const earlier = "Tue, 20 Oct 2026 07:28:00 GMT";
const later = "Thu, 22 Oct 2026 07:28:00 GMT";

suite("conditional requests", (open) => {
  const strong = () =>
    createApp()
      .get("/", () =>
        reply(200, "body", { etag: '"v1"', "last-modified": date, "cache-control": "no-cache", "x-other": "1" }),
      )
      .put("/", () => reply(200, "put", { etag: '"v2"' }))
      .get("/dated", () => reply(200, "body", { "last-modified": date }))
      .get("/bare", () => reply(200, "body", { "x-other": "1" }))
      .get("/missing", { output: { 200: z.string(), 404: z.string() } }, () => reply(404, "none", { etag: '"v1"' }));

  test.each<[path: string, headers: Record<string, string>, status: number]>([
    ["/", {}, 200],
    ["/", { "if-none-match": '"v1"' }, 304],
    ["/", { "if-none-match": 'W/"v1"' }, 304],
    ["/", { "if-none-match": '"v0", "v1"' }, 304],
    ["/", { "if-none-match": "*" }, 304],
    ["/", { "if-none-match": '"v0"' }, 200],
    ["/", { "if-none-match": '"v0"', "if-modified-since": later }, 200],
    ["/", { "if-match": '"v1"' }, 200],
    ["/", { "if-match": "*" }, 200],
    ["/", { "if-match": '"v0"' }, 412],
    ["/", { "if-match": 'W/"v1"' }, 412],
    ["/", { "if-match": '"v1"', "if-none-match": '"v1"' }, 304],
    ["/dated", { "if-modified-since": date }, 304],
    ["/dated", { "if-modified-since": later }, 304],
    ["/dated", { "if-modified-since": earlier }, 200],
    ["/dated", { "if-modified-since": "yesterday" }, 200],
    ["/dated", { "if-unmodified-since": date }, 200],
    ["/dated", { "if-unmodified-since": earlier }, 412],
    ["/dated", { "if-none-match": '"v1"' }, 200],
    ["/dated", { "if-match": '"v1"' }, 412],
    ["/bare", { "if-none-match": "*", "if-match": '"x"' }, 200],
    ["/missing", { "if-none-match": '"v1"' }, 404],
  ])("GET %s with %j is %i", async (path, headers, status) => {
    const t = await open(strong());
    await t(`GET ${path}`, { headers }).expect(status);
    const head = await t(`HEAD ${path}`, { headers }).expect(status);
    expect(head.text).toBe("");
  });

  test("304 keeps what a cache needs, and no more", async () => {
    const t = await open(strong());
    const answer = await t("GET /", { headers: { "if-none-match": '"v1"' } }).expect(304);
    answer.headers.forEach((_value, name) =>
      expect(["etag", "last-modified", "cache-control", "date", "connection", "keep-alive"]).toContain(name),
    );
    expect(answer.headers.get("etag")).toBe('"v1"');
    expect(answer.headers.get("cache-control")).toBe("no-cache");
    expect(answer.text).toBe("");
  });

  test("412 is a problem", async () => {
    const t = await open(strong());
    await t("GET /", { headers: { "if-match": '"v0"' } }).expectProblem("preconditionFailed");
  });

  test("a write that happened is answered as it is", async () => {
    const t = await open(strong());
    await t("PUT /", { headers: { "if-none-match": '"v2"' } }).expect(200, "put");
  });
});

suite("etag()", (open) => {
  const app = () =>
    createApp({ use: [etag()] })
      .get("/text", () => "text")
      .get("/json", () => ({ a: 1 }))
      .get("/bytes", () => new Uint8Array([1, 2]))
      .get("/own", () => reply(200, "x", { etag: '"own"' }))
      .get("/created", () => reply(201, "x"))
      .get("/stream", () => new Blob(["x"]).stream());

  test.each(["/text", "/json", "/bytes"])("GET %s has a weak tag, and 304 for it", async (path) => {
    const t = await open(app());
    const { headers } = await t(`GET ${path}`)
      .expect(200)
      .expectHeader("etag", /^W\/"[\w-]+"$/);
    await t(`GET ${path}`, { headers: { "if-none-match": headers.get("etag") } })
      .expect(304)
      .expectHeader("etag", headers.get("etag"));
    await t(`HEAD ${path}`).expect(200).expectHeader("etag", headers.get("etag"));
  });

  test("depends on the content alone", async () => {
    const t = await open(createApp({ use: [etag()] }).get("/:text", ({ params }) => params.text));
    const tag = async (path: string) => (await t(`GET ${path}`)).headers.get("etag");
    expect(await tag("/a")).toBe(await tag("/%61"));
    expect(await tag("/a")).not.toBe(await tag("/b"));
  });

  test("leaves alone what has one, what is streamed and what is no 200", async () => {
    const t = await open(app());
    await t("GET /own").expect(200).expectHeader("etag", '"own"');
    await t("GET /created").expect(201).expectHeader("etag", null);
    await t("GET /stream").expect(200).expectHeader("etag", null);
    await t("GET /nothing").expect(404).expectHeader("etag", null);
  });
});

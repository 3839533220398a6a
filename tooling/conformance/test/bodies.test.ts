import { bytes, createApp, form, stream, text } from "@openspeed/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { suite } from "./suite.ts";

suite("a form body", (open) => {
  const Form = z.object({
    name: z.string(),
    age: z.int().optional(),
    tags: z.array(z.string()).optional(),
    ok: z.boolean().optional(),
  });
  const app = () => createApp().post("/", { body: form(Form) }, ({ body }) => body);

  test("is decoded to the declared types", async () => {
    const t = await open(app());
    const sent = new URLSearchParams([
      ["name", "a b&c"],
      ["age", "7"],
      ["tags", "x"],
      ["tags", "y"],
      ["ok", "true"],
    ]);
    expect((await t("POST /", { body: sent }).expect(200)).value).toEqual({
      name: "a b&c",
      age: 7,
      tags: ["x", "y"],
      ok: true,
    });
  });

  test("is validated", async () => {
    const t = await open(app());
    await t("POST /", { body: new URLSearchParams("age=x") }).expectProblem("invalid", {
      errors: [
        { in: "body", pointer: "#/name" },
        { in: "body", pointer: "#/age" },
      ],
    });
  });

  test("JSON is not a form", async () => {
    const t = await open(app());
    await t("POST /", { body: { name: "a" } }).expectProblem("unsupportedMediaType");
  });

  test("fields and bytes are bounded", async () => {
    const t = await open(
      createApp({ limits: { query: 2, body: 100 } }).post(
        "/",
        { body: form(z.object({ a: z.string() })) },
        ({ body }) => body.a,
      ),
    );
    await t("POST /", { body: new URLSearchParams("a=1&b=2") }).expect(200, "1");
    await t("POST /", { body: new URLSearchParams("a=1&b=2&c=3") }).expectProblem("malformed");
    await t("POST /", { body: new URLSearchParams({ a: "x".repeat(200) }) }).expectProblem("tooLarge");
  });
});

suite("other bodies", (open) => {
  test("text of any type, and of declared types only", async () => {
    const t = await open(
      createApp()
        .post("/any", { body: text() }, ({ body }) => body)
        .post("/csv", { body: text(["text/csv"]) }, ({ body }) => body),
    );
    await t("POST /any", { body: "héllo" }).expect(200, "héllo");
    await t("POST /any").expect(200);
    await t("POST /csv", { body: "a,b", headers: { "content-type": "text/csv; header=present" } }).expect(200, "a,b");
    await t("POST /csv", { body: "a,b" }).expectProblem("unsupportedMediaType");
  });

  test("bytes", async () => {
    const t = await open(createApp({ limits: { body: 8 } }).post("/", { body: bytes() }, ({ body }) => body));
    await t("POST /", { body: new Uint8Array([0, 255, 128]) }).expect(200, new Uint8Array([0, 255, 128]));
    await t("POST /", { body: new Uint8Array(9) }).expectProblem("tooLarge");
  });

  test("text too long", async () => {
    const t = await open(createApp({ limits: { body: 8 } }).post("/", { body: text() }, ({ body }) => body));
    await t("POST /", { body: "123456789" }).expectProblem("tooLarge");
  });

  test("a stream arrives as it comes", async () => {
    const t = await open(
      createApp().post("/", { body: stream() }, async ({ body }) => {
        let size = 0;
        for await (const chunk of body) size += chunk.byteLength;
        return { size };
      }),
    );
    await t("POST /", { body: new Uint8Array(100_000) }).expect(200, { size: 100_000 });
    await t("POST /").expect(200, { size: 0 });
  });

  test("a stream longer than the limit fails, announced or not", async () => {
    const app = createApp({ limits: { body: 1000 } }).post("/", { body: stream() }, async ({ body }) => {
      let size = 0;
      for await (const chunk of body) size += chunk.byteLength;
      return { size };
    });
    const t = await open(app);
    await t("POST /", { body: new Uint8Array(1001), headers: { "content-length": "1001" } }).expectProblem("tooLarge");
    const parts = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        for (let i = 0; i < 11; i++) controller.enqueue(new Uint8Array(100));
        controller.close();
      },
    });
    await t("POST /", { body: parts }).expectProblem("tooLarge");
  });

  test("a stream of declared types", async () => {
    const t = await open(
      createApp().post("/", { body: stream(["text/csv"]) }, async ({ body }) => new Response(body).text()),
    );
    await t("POST /", { body: "a,b", headers: { "content-type": "text/csv" } }).expect(200, "a,b");
    await t("POST /", { body: "a,b" }).expectProblem("unsupportedMediaType");
  });
});

suite("a body with a content coding", (open) => {
  const kinds = {
    json: { body: z.object({ a: z.string() }), type: "application/json", sent: '{"a":"1"}' },
    form: { body: form(z.object({ a: z.string() })), type: "application/x-www-form-urlencoded", sent: "a=1" },
    text: { body: text(), type: "text/plain", sent: "a" },
    bytes: { body: bytes(), type: "application/octet-stream", sent: "a" },
    stream: { body: stream(), type: "application/octet-stream", sent: "a" },
  };
  const app = () =>
    Object.entries(kinds).reduce((app, [path, { body }]) => app.post(`/${path}`, { body }, () => "taken"), createApp());

  test.each(Object.keys(kinds) as (keyof typeof kinds)[])("is never decoded, and refused: %s", async (path) => {
    const t = await open(app());
    const { type, sent } = kinds[path];
    const send = (coding: string) =>
      t.fetch(`/${path}`, {
        method: "POST",
        body: sent,
        headers: { "content-type": type, "content-encoding": coding },
      });
    for (const coding of ["gzip", "br", "deflate", "zstd", "x-gzip", "identity, gzip", "GZIP", "gzip;q=0", "\u00e9"]) {
      const { status, headers } = await send(coding);
      expect([coding, status, headers.get("accept-encoding")]).toEqual([coding, 415, "identity"]);
    }
    for (const coding of ["identity", "Identity", "identity, identity", ""])
      expect([coding, (await send(coding)).status]).toEqual([coding, 200]);
  });
});

test("a body that breaks off is its sender's mistake, through fetch too", async () => {
  const told: unknown[] = [];
  const app = createApp({ onError: (error) => void told.push(error) });
  app.post("/text", { body: text() }, () => "taken");
  app.post("/bytes", { body: bytes() }, () => "taken");
  for (const path of ["/text", "/bytes"]) {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) });
    const init = { method: "POST", body, duplex: "half", headers: { "content-type": "text/plain" } };
    expect((await app.fetch(new Request(`http://localhost${path}`, init))).status).toBe(400);
  }
  expect(told).toEqual([]);
});

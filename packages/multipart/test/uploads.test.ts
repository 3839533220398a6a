import { createApp, type LimitOptions } from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { uploads } from "../src/index.ts";
import { BOUNDARY, formText, request } from "./form.ts";

const kind = uploads({
  fields: z.object({ to: z.string().min(2) }),
  files: { sheet: { types: ["text/csv"], maxSize: "1KiB" }, extra: { many: 2, optional: true } },
});

function appOf(limits: LimitOptions = {}) {
  const app = createApp({ limits, mode: "test" });
  app.post("/", { body: kind }, async ({ body }) => {
    const seen: string[] = [];
    for await (const file of body.files)
      seen.push(`${file.field} ${file.name} ${await new Response(file.stream()).text()}`);
    return { to: body.fields.to, seen };
  });
  app.post("/skip", { body: kind }, async ({ body }) => {
    const names: string[] = [];
    for await (const file of body.files) names.push(file.name);
    return names;
  });
  app.post("/first", { body: kind }, async ({ body }) => {
    for await (const file of body.files) return file.name;
    return "none";
  });
  return app;
}

const app = appOf();
const send = async (text: string, path = "/", limits?: LimitOptions) => {
  const sent = request(text);
  const response = await (limits === undefined ? app : appOf(limits)).fetch(
    new Request(`http://localhost${path}`, sent),
  );
  return [response.status, await response.json().catch(() => undefined)];
};

const to = { name: "to", value: "ada" };
const sheet = { name: "sheet", filename: "a.csv", type: "text/csv", value: "id\r\n1" };
const extra = { name: "extra", filename: "e.bin", value: "more" };

test("files are read in their turn", async () => {
  expect(await send(formText([to, sheet, extra]))).toEqual([
    200,
    { to: "ada", seen: ["sheet a.csv id\r\n1", "extra e.bin more"] },
  ]);
});

test("a file that is not read is skipped, and a handler may stop early", async () => {
  expect(await send(formText([to, sheet, extra]), "/skip")).toEqual([200, ["a.csv", "e.bin"]]);
  const response = await app.fetch(new Request("http://localhost/first", request(formText([to, sheet, extra]))));
  expect(await response.text()).toBe("a.csv");
});

describe("problems", () => {
  test.each([
    ["a wrong field, before the handler", [{ name: "to", value: "a" }, sheet], 422, "#/fields/to"],
    ["a field after a file", [to, sheet, { name: "late", value: "x" }], 422, "#/fields/late"],
    ["a wrong type", [to, { ...sheet, type: "text/html" }], 422, "#/files/sheet"],
    ["an unexpected file", [to, { ...sheet, name: "virus" }], 422, "#/files/virus"],
    ["a missing file", [to, extra], 422, "#/files/sheet"],
    ["too many", [to, sheet, sheet], 422, "#/files/sheet"],
    ["a file too large", [to, { ...sheet, value: "x".repeat(2000) }], 413, "tooLarge"],
  ])("%s", async (_, parts, status, text) => {
    const answer = await send(formText(parts));
    expect(answer[0]).toBe(status);
    expect(JSON.stringify(answer[1])).toContain(text);
  });

  test("a body that breaks off inside a file", async () => {
    expect(await send(formText([to, sheet]).slice(0, -BOUNDARY.length))).toMatchObject([400, { name: "malformed" }]);
  });

  test("limits.parts and limits.body", async () => {
    expect(await send(formText([to, sheet, extra]), "/", { parts: 2 })).toMatchObject([413, { name: "tooLarge" }]);
    expect(await send(formText([to, sheet, extra]), "/", { body: 300 })).toMatchObject([413, { name: "tooLarge" }]);
  });
});

test("a file much larger than what is held of it passes through, at the reader's pace", async () => {
  const chunk = new Uint8Array(64 * 1024).fill(120);
  const total = 4096; // 256 MiB
  let made = 0;
  let ahead = 0;
  let read = 0;
  const head = new TextEncoder().encode(
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="big"; filename="big.bin"\r\n\r\n`,
  );
  const tail = new TextEncoder().encode(`\r\n--${BOUNDARY}--\r\n`);
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        controller.enqueue(made === 0 ? head : made <= total ? chunk : tail);
        if (made++ > total) controller.close();
        ahead = Math.max(ahead, made * chunk.length - read);
      },
    },
    { highWaterMark: 1 },
  );
  const big = createApp({ limits: { body: "1GiB" }, mode: "test" });
  big.post("/", { body: uploads({ files: { big: { maxSize: "1GiB" } } }) }, async ({ body: { files } }) => {
    for await (const file of files) for await (const bytes of file) read += bytes.length;
    return read;
  });
  const response = await big.fetch(
    new Request("http://localhost/", {
      method: "POST",
      headers: { "content-type": `multipart/form-data; boundary=${BOUNDARY}` },
      body,
      duplex: "half",
    }),
  );
  expect(await response.json()).toBe(total * chunk.length);
  expect(ahead).toBeLessThan(16 * chunk.length);
});

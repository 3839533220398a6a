import { createApp } from "@openspeed/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { uploads } from "../src/index.ts";
import { BOUNDARY, formText, request } from "./form.ts";

const rules = { a: { many: true, optional: true }, b: { many: true, optional: true } } as const;

const app = createApp({ mode: "test" });
app.post("/", { body: uploads({ files: rules }) }, async ({ body }) => {
  const files: [string, string, string][] = [];
  for await (const file of body.files)
    files.push([
      file.field,
      file.name,
      Buffer.from(await new Response(file.stream()).arrayBuffer()).toString("latin1"),
    ]);
  return { fields: { ...body.fields }, files };
});

/** What is hard to cut: boundaries that begin and do not end, dashes, line ends. */
const hard = fc.constantFrom(
  "\r\n",
  "\r",
  "\n",
  "-",
  "--",
  `\r\n--${BOUNDARY.slice(0, 9)}`,
  `--${BOUNDARY}x`.slice(0, 12),
  "x",
  ":",
  '"',
  "\0",
);
const content = fc.array(hard, { maxLength: 12 }).map((texts) => texts.join(""));
const cuts = fc.array(fc.nat(1200), { maxLength: 12 });
const boundary = fc.constantFrom(BOUNDARY, "-", "x-", "--------", "b".repeat(70), "-".repeat(70));

test("whatever is in the files and wherever the network cuts, the same parts come out", async () => {
  const files = fc.array(
    fc.record({ name: fc.constantFrom("a", "b"), filename: fc.constantFrom("x.bin", "ก ข.csv", "-"), value: content }),
    { maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(files, fc.option(content), cuts, boundary, async (files, field, cuts, boundary) => {
      fc.pre(
        [...files.map(({ value }) => value), field ?? ""].every(
          (text) => !`\r\n${text}\r\n`.includes(`\r\n--${boundary}`),
        ),
      );
      const text = formText([...(field === null ? [] : [{ name: "f", value: field }]), ...files], boundary);
      const response = await app.fetch(request(text, { cuts, boundary }));
      expect([response.status, await response.json()]).toEqual([
        200,
        {
          fields: field === null ? {} : { f: field },
          files: files.map(({ name, filename, value }) => [name, filename, value]),
        },
      ]);
    }),
    { numRuns: 1000 },
  );
});

test("a body cut at every place is read the same", async () => {
  const text = formText([
    { name: "f", value: "--" },
    { name: "a", filename: "x", value: "1\r\n--\r\n2" },
  ]);
  for (let place = 0; place <= text.length; place++) {
    const response = await app.fetch(request(text, { cuts: [place] }));
    expect([place, response.status, await response.json()]).toEqual([
      place,
      200,
      { fields: { f: "--" }, files: [["a", "x", "1\r\n--\r\n2"]] },
    ]);
  }
});

test("a damaged body is answered, never a crash: 200, 400, 413 or 422", async () => {
  const good = new TextEncoder().encode(
    formText([
      { name: "f", value: "text" },
      { name: "a", filename: "x.bin", value: "1\r\n2" },
      { name: "b", filename: "y", value: "" },
    ]),
  );
  const damage = fc.record({
    at: fc.nat(good.length - 1),
    byte: fc.oneof(fc.nat(255), fc.constantFrom(13, 10, 45, 58, 34, 37)),
    drop: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 6 }), cuts, async (damages, cuts) => {
      let bytes = [...good];
      for (const { at, byte, drop } of damages) bytes = bytes.toSpliced(at, 1, ...(drop ? [] : [byte]));
      const response = await app.fetch(request(new Uint8Array(bytes), { cuts }));
      expect([200, 400, 413, 422]).toContain(response.status);
    }),
    { numRuns: 1500 },
  );
});

test("bytes that were never a body are answered 400", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), cuts, async (bytes, cuts) => {
      expect((await app.fetch(request(bytes, { cuts }))).status).toBe(400);
    }),
  );
});

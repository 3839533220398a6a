import { createApp, type LimitOptions } from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { multipart } from "../src/index.ts";
import { BOUNDARY, formText, type PartText, request } from "./form.ts";

const kind = multipart({
  fields: z.object({ title: z.string().min(2), count: z.int().optional(), tag: z.array(z.string()).optional() }),
  files: {
    sheet: { types: ["text/csv"], maxSize: "1KiB" },
    photo: { types: ["image/*"], optional: true },
    notes: { many: 2, optional: true },
  },
});

function appOf(limits: LimitOptions = {}) {
  const app = createApp({ limits, mode: "test" });
  app.post("/", { body: kind }, async ({ body: { fields, files } }) => ({
    fields,
    sheet: [files.sheet.name, files.sheet.type, await files.sheet.text()],
    photo: files.photo === undefined ? null : files.photo.size,
    notes: files.notes.map((note) => note.name),
  }));
  return app;
}

const app = appOf();
const answer = async (sent: Request, to = app) => {
  const response = await to.fetch(sent);
  return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
};

const title = { name: "title", value: "Hello" };
const sheet = { name: "sheet", filename: "a.csv", type: "text/csv", value: "id,name\r\n1,ada" };

test("fields are decoded to their types and validated, files are Files", async () => {
  const parts = [
    title,
    { name: "count", value: "7" },
    { name: "tag", value: "a" },
    { name: "tag", value: "ก" },
    { ...sheet, filename: "รายงาน.csv" },
  ];
  expect(await answer(request(formText(parts)))).toEqual({
    status: 200,
    body: {
      fields: { title: "Hello", count: 7, tag: ["a", "ก"] },
      sheet: ["รายงาน.csv", "text/csv", "id,name\r\n1,ada"],
      photo: null,
      notes: [],
    },
  });
});

test("FormData as the platform writes it is read", async () => {
  const form = new FormData();
  form.set("title", "Hello");
  form.set("sheet", new File(["x"], 'q"uote.csv', { type: "text/csv" }));
  form.set("photo", new File([new Uint8Array(3)], "p.png", { type: "image/png" }));
  form.append("notes", new File(["1"], "one.txt"));
  form.append("notes", new File(["2"], "two.txt"));
  expect((await answer(new Request("http://localhost/", { method: "POST", body: form }))).body).toEqual({
    fields: { title: "Hello" },
    sheet: ['q"uote.csv', "text/csv", "x"],
    photo: 3,
    notes: ["one.txt", "two.txt"],
  });
});

test("an input left empty in a form is no file; preamble and epilogue are no parts", async () => {
  const empty = { name: "photo", filename: "", type: "application/octet-stream", value: "" };
  const text = `To whom it may concern\r\n${formText([title, sheet, empty])}\r\nthe end--\r\n: not a header`;
  expect(await answer(request(text))).toMatchObject({ status: 200, body: { photo: null } });
});

test("what follows the last boundary is no part, whatever it looks like and wherever the network cuts", async () => {
  const text = `${formText([title, sheet])}--${BOUNDARY}\r\nContent-Type: text/plain\r\n\r\nx\r\n--${BOUNDARY}`;
  for (let place = 0; place <= text.length; place++)
    expect([place, (await answer(request(text, { cuts: [place] }))).status]).toEqual([place, 200]);
});

describe("a part without the blank line that ends its headers takes nothing from another", () => {
  const open = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="title"\r\n\r\n`;
  const end = `--${BOUNDARY}--\r\n`;
  const begun = (part: PartText): string => formText([part]).slice(0, -end.length);
  test.each([
    ["the only one", open + end],
    ["the first", open + formText([title])],
    ["one after a preamble", `Hello\r\n${open}${formText([title])}`],
    ["one after a field", begun(title) + open + formText([sheet])],
    ["one after a file", begun(sheet) + open + formText([title])],
    ["the last", begun(title) + begun(sheet) + open + end],
  ])("%s", async (_, text) => {
    for (let place = 0; place <= text.length; place++)
      expect([place, await answer(request(text, { cuts: [place] }))]).toMatchObject([
        place,
        { status: 400, body: { detail: "A part's headers do not end." } },
      ]);
  });
});

describe("everything wrong is told at once, with pointers", () => {
  test.each([
    [
      "fields and files",
      [
        { name: "title", value: "H" },
        { ...sheet, name: "photo" },
      ],
      ["#/fields/title", "#/files/photo", "#/files/sheet"],
    ],
    ["a type", [title, { ...sheet, type: "text/html" }], ["#/files/sheet"]],
    ["a file that nobody expects", [title, sheet, { ...sheet, name: "virus" }], ["#/files/virus"]],
    [
      "a file named like what every object has",
      [title, sheet, { ...sheet, name: "constructor" }],
      ["#/files/constructor"],
    ],
    ["two where one is expected", [title, sheet, sheet], ["#/files/sheet"]],
    [
      "three where two are",
      [title, sheet, ...["a", "b", "c"].map((filename) => ({ name: "notes", filename, value: "" }))],
      ["#/files/notes"],
    ],
    ["nothing at all", [], ["#/fields/title", "#/files/sheet"]],
  ])("%s", async (_, parts, pointers) => {
    const { status, body } = await answer(request(parts.length === 0 ? `--${BOUNDARY}--\r\n` : formText(parts)));
    expect(status).toBe(422);
    const errors = z.array(z.object({ pointer: z.string() })).parse(body["errors"]);
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(pointers);
  });

  test("no body at all", async () => {
    expect(await answer(new Request("http://localhost/", { method: "POST" }))).toMatchObject({
      status: 422,
      body: { name: "invalid" },
    });
  });
});

test("a field named __proto__ is a field like any other", async () => {
  const any = createApp({ mode: "test" });
  any.post("/", { body: multipart() }, ({ body }) => ({ names: Object.keys(body.fields), polluted: "x" in {} }));
  expect((await answer(request(formText([{ name: "__proto__", value: "x" }])), any)).body).toEqual({
    names: ["__proto__"],
    polluted: false,
  });
});

describe("limits answer 413 tooLarge", () => {
  const many = Array.from({ length: 5 }, (_, index) => ({ name: `f${index}`, value: "" }));
  test.each([
    ["a file's maxSize", {}, formText([title, { ...sheet, value: "x".repeat(1025) }]), "1024 bytes"],
    [
      "limits.file",
      { file: 10 },
      formText([title, sheet, { name: "notes", filename: "n", value: "x".repeat(11) }]),
      "10 bytes",
    ],
    ["limits.parts", { parts: 4 }, formText([...many, title, sheet]), "4 parts"],
    ["limits.body", { body: 200 }, formText([title, { ...sheet, value: "x".repeat(300) }]), "200 bytes"],
    ["a part's headers", {}, formText([{ name: "x".repeat(20_000), value: "" }]), "headers"],
    [
      "the fields together",
      { body: "8MiB" },
      formText([1, 2, 3].map(() => ({ name: "title", value: "x".repeat(400_000) }))),
      "fields",
    ],
  ] as const)("%s", async (_, limits, text, detail) => {
    const { status, body } = await answer(request(text), appOf(limits));
    expect([status, body["name"]]).toEqual([413, "tooLarge"]);
    expect(body["detail"]).toContain(detail);
  });

  test("and what fits exactly passes", async () => {
    expect((await answer(request(formText([title, { ...sheet, value: "x".repeat(1024) }])))).status).toBe(200);
  });
});

describe("what is no multipart body answers 400 malformed", () => {
  const good = formText([title, sheet]);
  const invalid = new TextEncoder().encode(good);
  invalid[invalid.indexOf("H".charCodeAt(0), 40)] = 0xff; // in the middle of the field's text
  test.each([
    ["cut off in a file", good.slice(0, -40)],
    ["cut off in headers", good.slice(0, 50)],
    ["without its closing boundary", good.slice(0, -BOUNDARY.length - 8)],
    ["another boundary", good.replaceAll(BOUNDARY, "other")],
    ["text", "hello"],
    ["empty", ""],
    ["no name", good.replace('; name="title"', "")],
    ["no disposition", good.replace("Content-Disposition", "X-Disposition")],
    ["attachment", good.replace("form-data", "attachment")],
    ["headers without a colon", good.replace("Content-Disposition: ", "Content-Disposition ")],
    ["a filename* that is no URI", good.replace('filename="a.csv"', "filename*=UTF-8''%zz")],
    ["a field that is no UTF-8", invalid],
  ])("%s", async (_, text) => {
    expect(await answer(request(text))).toMatchObject({ status: 400, body: { name: "malformed" } });
  });

  test("no boundary", async () => {
    expect(await answer(request(good, { type: "multipart/form-data" }))).toMatchObject({
      status: 400,
      body: { name: "malformed" },
    });
  });

  test("another media type answers 415", async () => {
    expect((await answer(request(good, { type: "multipart/mixed; boundary=x" }))).status).toBe(415);
  });
});

test.each([
  [{ maxSize: "huge" }, "OS_INVALID_LIMIT: files.a.maxSize"],
  [{ many: 0 }, "OS_INVALID_LIMIT: files.a.many"],
  [{ types: ["csv"] }, "OS_INVALID_TYPE: files.a.types"],
])("a rule that says nothing sensible is refused when it is written: %o", (rule, message) => {
  // Types refuse it too; plain JavaScript has only this.
  expect(() => Reflect.apply(multipart, undefined, [{ files: { a: rule } }])).toThrow(message);
});

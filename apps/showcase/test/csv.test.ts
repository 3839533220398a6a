import { expect, test } from "vitest";
import { ImportReport } from "../src/tickets/import.ts";
import { desk } from "./desk.ts";

const ask = desk();
let organisations = 0;
const organisation = async () => {
  const slug = `org-${++organisations}`;
  await ask("POST /api/organisations", { slug, name: slug });
  return slug;
};
const load = async (csv: string, org?: string) =>
  ask(`POST /api/organisations/${org ?? (await organisation())}/tickets/import`, csv);
const report = async (csv: string, org?: string) => {
  const { status, json } = await load(csv, org);
  expect(status).toBe(200);
  return ImportReport.parse(json);
};

test("several thousand rows are stored, bad ones are told with line and column", async () => {
  const org = await organisation();
  const rows = Array.from({ length: 3000 }, (_, i) =>
    i % 100 === 42 ? `x,not an address,soon,` : `Ticket ${i},user${i}@example.com,high,billing vip`,
  );
  const result = await report(["title,requester,priority,tags", ...rows].join("\n"), org);
  expect(result).toMatchObject({ imported: 2970, rejected: 30, errorsOmitted: 0 });
  expect(result.errors).toHaveLength(90);
  expect(result.errors.slice(0, 3).map(({ line, column }) => [line, column])).toEqual([
    [44, "title"],
    [44, "priority"],
    [44, "requester"],
  ]);
  expect((await ask(`GET /api/organisations/${org}`)).json).toMatchObject({ tickets: 2970 });
  expect((await ask(`GET /api/organisations/${org}/tickets?q=2999&tag=vip&priority=high`)).json).toMatchObject({
    tickets: [{ title: "Ticket 2999", number: 2970, state: "open" }],
  });
});

test("the report stays small, whatever is wrong", async () => {
  const rows = Array.from({ length: 500 }, () => "x,y");
  expect(await report(["title,requester", ...rows].join("\n"))).toMatchObject({
    imported: 0,
    rejected: 500,
    errorsOmitted: 900,
    errors: { length: 100 },
  });
});

test("cells hold quotes, commas and lines; lines are counted as an editor counts them", async () => {
  const org = await organisation();
  const csv =
    '\uFEFFTitle,Requester,Description\r\n"Say ""hi"", all",a@example.com,"first\nsecond\nthird"\r\n\r\nbad,nobody,\r\nกระดิ่งไม่ดัง,b@example.com,\r\n';
  expect(await report(csv, org)).toEqual({
    imported: 2,
    rejected: 1,
    errors: [{ line: 6, column: "requester", message: "Invalid email address" }],
    errorsOmitted: 0,
  });
  expect((await ask(`GET /api/organisations/${org}/tickets?q=hi`)).json).toMatchObject({
    tickets: [{ title: 'Say "hi", all', description: "first\nsecond\nthird" }],
  });
});

test("a row with too few or too many cells stops no other, and a stray quote is text", async () => {
  const csv =
    'title,requester\nGood one,a@example.com\nshort\nlong,b@example.com,more\n"stray" quote,c@example.com\nGood two,d@example.com\n';
  const org = await organisation();
  const result = await report(csv, org);
  expect(result).toMatchObject({ imported: 3, rejected: 2 });
  expect(result.errors.map(({ line, column }) => [line, column])).toEqual([
    [3, null],
    [4, null],
  ]);
  expect((await ask(`GET /api/organisations/${org}/tickets?q=stray`)).json).toMatchObject({
    tickets: [{ title: '"stray" quote' }],
  });
});

test("a quote that is never closed is told", async () => {
  const closed = await report('title,requester\nGood one,a@example.com\n"open,b@example.com\nc,d\n');
  expect(closed).toMatchObject({
    imported: 1,
    rejected: 1,
    errors: [{ column: null, message: "A quote is not closed." }],
  });
  const long = await report(`title,requester\nGood one,a@example.com\n"open,b@example.com\n${"c,d\n".repeat(60_000)}`);
  expect(long.imported).toBe(1);
  expect(long.errors[0]?.message).toMatch(/is a quote not closed\?/);
});

test.each([
  ["", { missing: ["title", "requester"], unknown: [], repeated: [] }],
  ["title\nx", { missing: ["requester"], unknown: [], repeated: [] }],
  ["title,requester,colour,title\n", { missing: [], unknown: ["colour"], repeated: ["title"] }],
])("a header that does not name the columns answers 422: %j", async (csv, data) => {
  expect(await load(csv)).toMatchObject({ status: 422, json: { name: "badHeader", data } });
});

test("what is no CSV answers 415, an unknown organisation 404", async () => {
  expect((await ask("POST /api/organisations/harbor-clinic/tickets/import", { title: "x" })).status).toBe(415);
  expect((await load("title,requester\n", "nobody")).status).toBe(404);
});

test("an export, imported elsewhere, is exported the same", async () => {
  const source = await ask("GET /api/organisations/siam-cycles/tickets/export");
  expect([source.status, source.headers.get("content-type"), source.headers.get("content-disposition")]).toEqual([
    200,
    "text/csv; charset=utf-8",
    'attachment; filename="siam-cycles-tickets.csv"',
  ]);
  const org = await organisation();
  expect(await report(source.text, org)).toMatchObject({ imported: 75, rejected: 0 });
  const withoutIds = (text: string) => text.replaceAll(/^[\da-f-]{36}/gm, "id");
  expect(withoutIds((await ask(`GET /api/organisations/${org}/tickets/export`)).text)).toBe(withoutIds(source.text));
});

test("an export is filtered like the list, page after page, and runs nothing in a spreadsheet", async () => {
  const org = await organisation();
  const rows = Array.from(
    { length: 1201 },
    (_, i) => `'=SUM(A${i}),user@example.com,${i % 2 === 0 ? "open" : "closed"}`,
  );
  await report(["title,requester,state", ...rows].join("\n"), org);
  expect((await ask(`GET /api/organisations/${org}/tickets?limit=1&sort=created&q=A0`)).json).toMatchObject({
    tickets: [{ title: "=SUM(A0)" }],
  });
  const lines = (await ask(`GET /api/organisations/${org}/tickets/export?state=open`)).text.trim().split("\r\n");
  expect(lines).toHaveLength(1 + 601);
  expect(lines[1]).toMatch(/^[\da-f-]{36},1,'=SUM\(A0\),/);
  expect(lines.at(-1)).toContain("'=SUM(A1200)");
});

test("an organisation without tickets exports a header", async () => {
  expect((await ask(`GET /api/organisations/${await organisation()}/tickets/export`)).text).toBe(
    "id,number,title,description,state,priority,requester,assignee,tags,created_at,updated_at\r\n",
  );
});

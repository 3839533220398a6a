import { testApp } from "@openspeed/testing";
import { expect, test } from "vitest";
import type { Api } from "../.openspeed/api.d.ts";
import { app } from "../src/app.ts";
import { type Entry, guestbook } from "../src/guestbook.ts";

/** A book for each test: nothing that one writes is there for the next. */
function withEntries(...entries: Entry[]) {
  return testApp<Api>(app, { override: [guestbook.with(entries)] });
}

const html = { accept: "text/html" };

test("what is written is shown, and escaped", async () => {
  await using t = await withEntries();
  const written = { name: "Eve", message: "<script>alert(1)</script>" };
  await t
    .untyped("POST /", { body: new URLSearchParams(written) })
    .expect(303)
    .expectHeader("location", "/entries/1");
  const { text } = await t("GET /").expect(200);
  expect(text).toContain("&lt;script>alert(1)");
  expect(text).toContain("Eve");
});

test("what is wrong comes back beside its field, with what was typed", async () => {
  await using t = await withEntries();
  const { text } = await t
    .untyped("POST /", { headers: html, body: new URLSearchParams({ name: "", message: "A long enough word" }) })
    .expect(422);
  expect(text).toContain("Who are you?");
  expect(text).toContain("A long enough word</textarea>");
});

test("an entry has a page of its own, and a title", async () => {
  await using t = await withEntries({ id: 7, name: "Ada", message: "Hello" });
  const { text } = await t("GET /entries/:id", { params: { id: 7 } }).expect(200);
  expect(text).toContain("<title>Ada · Guestbook</title>");
});

test("what is not there is a page as well", async () => {
  await using t = await withEntries();
  const missing = await t.fetch("/entries/7", { headers: html });
  expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining("No such entry")]);
  const nowhere = await t.fetch("/nowhere", { headers: html });
  expect([nowhere.status, await nowhere.text()]).toEqual([404, expect.stringContaining("Nothing is here")]);
});

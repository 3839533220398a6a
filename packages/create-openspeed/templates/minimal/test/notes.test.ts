import { testApp } from "@openspeed/testing";
import { expect, test } from "vitest";
import type { Api } from "../.openspeed/api.d.ts";
import { app } from "../src/app.ts";
import { type Note, notes } from "../src/notes.ts";

/** A store for each test: nothing that one writes is there for the next. */
function withNotes(...texts: readonly string[]) {
  const store = new Map<number, Note>(texts.map((text, at) => [at + 1, { id: at + 1, text, done: false }]));
  return testApp<Api>(app, { override: [notes.with(store)] });
}

test("a note is written, changed, and taken away", async () => {
  await using t = await withNotes();
  const made = await t("POST /notes", { body: { text: "Water the plants" } }).expect(201, { id: 1, done: false });
  expect(made.headers.get("location")).toBe("/notes/1");
  await t("PATCH /notes/:id", { params: { id: 1 }, body: { done: true } }).expect(200, { done: true });
  await t("GET /notes", { query: { done: true } }).expect(200, [{ text: "Water the plants" }]);
  await t("DELETE /notes/:id", { params: { id: 1 } }).expect(204);
  await t("GET /notes").expect(200, []);
});

test("a note that is not there is a problem with a name", async () => {
  await using t = await withNotes("Feed the cat");
  await t("GET /notes/:id", { params: { id: 1 } }).expect(200, { text: "Feed the cat" });
  await t("GET /notes/:id", { params: { id: 2 } }).expectProblem("noSuchNote");
});

test("what is wrong with a request is answered before a handler runs", async () => {
  await using t = await withNotes();
  await t("POST /notes", { body: { text: "" } }).expectProblem(422, { errors: [{ pointer: "#/text" }] });
  await t.untyped("GET /notes/:id", { params: { id: "seven" } }).expectProblem(404);
});

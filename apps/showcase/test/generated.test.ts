/** What is made from the routes and checked in, for people to read, is what would be made now. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { appDocument } from "@openspeed/openapi";
import { openProject } from "@openspeed/router-fs/generate";
import { expect, test } from "vitest";
import { app } from "../src/app.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

test(".openspeed/ is not stale: openspeed check --fix writes it", async () => {
  const project = await openProject({ root });
  expect(project.scan.faults).toEqual([]);
  expect(await project.stale()).toEqual([]);
});

test("openapi.json is not stale: openspeed openapi -o openapi.json writes it", async () => {
  const document = await appDocument(app, { title: "Desk" });
  expect(await readFile(`${root}/openapi.json`, "utf8")).toBe(`${JSON.stringify(document, null, 2)}\n`);
});

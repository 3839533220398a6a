import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, makeJudge, operationsOf, requestsFor } from "@openspeed/contract";
import { appDocument } from "@openspeed/openapi";
import { validate } from "@hyperjump/json-schema/openapi-3-1";
import { bundle, compileErrors, validate as parse } from "@readme/openapi-parser";
import fc from "fast-check";
import { expect, test } from "vitest";
import { app } from "../src/app.ts";
import { openDatabase } from "../src/database/open.ts";
import { db } from "../src/providers.ts";

const document = await appDocument(app, { title: "Desk" });
const json = (): object => JSON.parse(JSON.stringify(document)) as object;

test("Desk's document is right by the official schema and by another validator", async () => {
  const output = await validate("https://spec.openapis.org/oas/3.1/schema-base", json() as never, "BASIC");
  expect(output).toMatchObject({ valid: true });
  const result = await parse(json() as never);
  expect(result.valid ? "" : compileErrors(result)).toBe("");
});

test("and a parser that reads it loses nothing", async () => {
  expect(await bundle(json() as never)).toEqual(json());
});

test("10,000 requests are answered as it says", async () => {
  const folder = await mkdtemp(join(tmpdir(), "desk-document-"));
  const client = await openDatabase(join(folder, "desk.db"));
  const served = app.override([db.with(client)]);
  await served.ready();
  try {
    const column = async (sql: string): Promise<readonly unknown[]> =>
      (await client.execute(sql)).rows.map((row) => Object.values(row)[0]);
    const people = await column("SELECT id FROM people LIMIT 20");
    const requests = requestsFor(document, {
      known: {
        org: await column("SELECT slug FROM organisations"),
        id: await column("SELECT id FROM tickets LIMIT 50"),
        number: [1, 2, 3],
      },
      headers: [{}, ...people.map((id) => ({ cookie: `desk-person=${String(id)}` }))],
    });
    const judge = makeJudge(document);
    const lies = new Map<string, string>();
    const statuses = new Map<string, Set<number>>(operationsOf(document).map(({ name }) => [name, new Set()]));
    for (const asked of fc.sample(requests, { numRuns: 10_000, seed: 4 })) {
      const answer = await ask(served, asked);
      statuses.get(asked.operation.name)?.add(answer.status);
      for (const fault of judge(asked.operation, answer))
        lies.set(`${asked.operation.name}: ${fault}`, asked.request.target);
    }
    expect([...lies]).toEqual([]);
    // Each was met where it does its work, but for two that take what only their own tests know: a table, and people's roles.
    const hard = ["POST /admin/people", "POST /api/organisations/{org}/tickets/import"];
    const unmet = [...statuses].filter(([, met]) => ![...met].some((status) => status < 400)).map(([name]) => name);
    expect(unmet.filter((name) => !hard.includes(name))).toEqual([]);
    expect([...statuses].filter(([, met]) => met.has(500))).toEqual([]);
  } finally {
    await served.close();
    client.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 300_000);

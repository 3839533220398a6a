import { describe, expect, test } from "vitest";
import { z } from "zod";
import { Organisation } from "../src/organisations.ts";
import { desk } from "./desk.ts";

const ask = desk();

test("the index lists organisations and routes", async () => {
  const { status, json } = await ask("GET /api");
  expect(status).toBe(200);
  expect(json).toMatchObject({
    name: "Desk",
    organisations: [{ slug: "brightline-telecom" }, {}, {}, { url: "/api/organisations/siam-cycles" }],
  });
});

test("organisations are listed by name, with their tickets counted", async () => {
  const { organisations } = z
    .object({ organisations: z.array(Organisation) })
    .parse((await ask("GET /api/organisations")).json);
  expect(organisations.map(({ slug, tickets }) => [slug, tickets])).toEqual([
    ["brightline-telecom", 75],
    ["harbor-clinic", 75],
    ["northwind-coffee", 75],
    ["siam-cycles", 75],
  ]);
  for (const { open, tickets } of organisations) expect(open).toBeLessThan(tickets);
});

test("one is created, found, and not created twice", async () => {
  const created = await ask("POST /api/organisations", { slug: "acme", name: "Acme" });
  expect([created.status, created.headers.get("location")]).toEqual([201, "/api/organisations/acme"]);
  expect((await ask("GET /api/organisations/acme")).json).toEqual(created.json);
  expect(await ask("POST /api/organisations", { slug: "acme", name: "Another" })).toMatchObject({
    status: 409,
    json: { name: "taken", data: { slug: "acme" } },
  });
});

describe("bad input", () => {
  test.each([
    ["POST /api/organisations", { slug: "Not A Slug", name: "x" }, 422, ["#/slug", "#/name"]],
    ["POST /api/organisations", { slug: "fine", name: "Fine", owner: "ada" }, 422, ["#"]],
    ["POST /api/organisations", undefined, 422, ["#"]],
    ["POST /api/organisations", "slug,name", 415, []],
    ["GET /api/organisations/nobody", undefined, 404, []],
    ["DELETE /api/organisations/harbor-clinic", undefined, 405, []],
  ])("%s %o", async (target, body, status, pointers) => {
    const answer = await ask(target, body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    const { errors = [] } = z
      .object({ errors: z.array(z.object({ pointer: z.string() })).optional() })
      .parse(answer.json);
    expect(errors.map(({ pointer }) => pointer)).toEqual(pointers);
  });
});

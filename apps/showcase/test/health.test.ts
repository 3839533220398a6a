import { graph, priority } from "@openspeed/core";
import { expect, test } from "vitest";
import { app } from "../src/app.ts";
import { desk } from "./desk.ts";

const ask = desk();

test("Desk is alive, and ready when its database answers", async () => {
  expect((await ask("GET /healthz")).json).toEqual({ status: "alive" });
  expect((await ask("GET /readyz")).json).toEqual({ status: "ready", checks: { database: "ok" } });
});

test("when too much comes, health is answered first and bulk work last", async () => {
  const { routes } = await graph(app);
  const ranked = (rank: string): readonly string[] =>
    routes.filter((route) => priority.all(route).at(-1) === rank).map(({ key }) => key);
  expect(ranked("critical")).toEqual(["GET /healthz", "GET /readyz"]);
  expect(ranked("low")).toEqual([
    "GET /api/organisations/:org/tickets/export",
    "POST /api/organisations/:org/tickets/import",
  ]);
});

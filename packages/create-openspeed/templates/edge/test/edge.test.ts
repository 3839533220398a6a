import { testApp } from "@openspeed/testing";
import { expect, test } from "vitest";
import type { Api } from "../.openspeed/api.d.ts";
import { app } from "../src/app.ts";
import worker from "../src/worker.ts";

test("the worker answers a web Request with a web Response", async () => {
  const response = await worker.fetch(new Request("https://edge.example/hello/Ada"), { GREETING: "Sawasdee" });
  expect(response).toBeInstanceOf(Response);
  expect(await response.text()).toBe("Sawasdee, Ada!");
});

test("without bindings, the defaults count", async () => {
  await using t = await testApp<Api>(app);
  await t("GET /hello/:name", { params: { name: "Ada" } }).expect(200, "Hello, Ada!");
});

test("a text is hashed", async () => {
  await using t = await testApp<Api>(app);
  await t("POST /hash", { body: { text: "edge" } }).expect(200, { sha256: /^[0-9a-f]{64}$/ });
  await t.untyped("POST /hash", { body: {} }).expectProblem(422, { errors: [{ pointer: "#/text" }] });
});

test("a stream arrives item by item", async () => {
  const request = new Request("https://edge.example/countdown?from=2", { headers: { accept: "application/x-ndjson" } });
  const lines = (await (await app.fetch(request)).text()).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual([{ left: 2 }, { left: 1 }, { left: 0 }]);
});

import { expect, test } from "vitest";
import { after, createApp, type Incoming, provide, withHeaders } from "../src/index.ts";

const unit = provide("unit", { scope: "app" }, () => "ms");
const marked = after("marked", { use: [unit] }, (outcome, { unit, header }) =>
  withHeaders(outcome, { "x-mark": `${header("x-from") ?? "nobody"} ${unit}` }),
);

test.each([
  ["a synchronous handler", () => "done"],
  ["an asynchronous one", async () => "done"],
])("after %s the answer is changed, with the values that the item uses", async (_name, handler) => {
  const app = createApp().get("/", { use: [marked] }, handler);
  const response = await app.fetch(new Request("http://localhost/", { headers: { "x-from": "Ada" } }));
  expect([response.headers.get("x-mark"), await response.text()]).toEqual(["Ada ms", "done"]);
});

test("a problem is changed too", async () => {
  const app = createApp({ use: [marked] });
  const response = await app.fetch(new Request("http://localhost/nowhere"));
  expect([response.status, response.headers.get("x-mark")]).toEqual([404, "nobody ms"]);
});

test("a synchronous route stays synchronous", async () => {
  const app = createApp().get("/", { use: [marked] }, () => "done");
  await app.ready();
  const incoming: Pick<Incoming, "method" | "target" | "header"> = { method: "GET", target: "/", header: () => null };
  // What else a request has is not asked for on this way.
  const outcome = app.handle(incoming as Incoming);
  expect(outcome).toMatchObject({ status: 200, body: "done" });
});

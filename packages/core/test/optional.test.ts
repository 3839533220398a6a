import { expect, test } from "vitest";
import { createApp } from "../src/index.ts";

test("parameters that are optional side by side: the earlier one is filled first", async () => {
  const app = createApp().get("/files/:year?/:month?", ({ params }) => ({ ...params }));
  const answer = async (path: string): Promise<unknown> =>
    (await app.fetch(new Request(`http://localhost${path}`))).json();
  expect(await answer("/files")).toEqual({});
  expect(await answer("/files/2026")).toEqual({ year: "2026" });
  expect(await answer("/files/2026/11")).toEqual({ year: "2026", month: "11" });
});

import { createApp } from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { carriesCookies, suite } from "./suite.ts";

describe.skipIf(!carriesCookies)("where requests carry cookies", () => {
  suite("cookies", (open) => {
    const echo = () => createApp().get("/", { cookies: z.record(z.string(), z.string()) }, ({ cookies }) => cookies);

    test.each<[cookie: string, seen: Record<string, string>]>([
      ["a=1; b=2", { a: "1", b: "2" }],
      ["a=1;b=2", { a: "1", b: "2" }],
      ['a="quoted"', { a: "quoted" }],
      ["a=%E0%B9%84", { a: "ไ" }],
      ["a=%zz", { a: "%zz" }],
      ["a=1; a=2", { a: "1" }],
      ["a=b=c", { a: "b=c" }],
      ["flag; a=1", { a: "1" }],
      ["a=", { a: "" }],
    ])("%s", async (cookie, seen) => {
      const t = await open(echo());
      expect((await t("GET /", { headers: { cookie } }).expect(200)).value).toEqual(seen);
    });

    test("none", async () => {
      const t = await open(echo());
      expect((await t("GET /").expect(200)).value).toEqual({});
    });

    test("are decoded and validated", async () => {
      const t = await open(createApp().get("/", { cookies: z.object({ n: z.int() }) }, ({ cookies }) => cookies));
      await t("GET /", { cookies: { n: 3 } }).expect(200, { n: 3 });
      await t("GET /", { cookies: { n: "x" } }).expectProblem("invalid", {
        errors: [{ in: "cookies", pointer: "#/n" }],
      });
    });

    test("their number is bounded", async () => {
      const t = await open(
        createApp({ limits: { cookies: 2 } }).get("/", { cookies: z.record(z.string(), z.string()) }, () => "ok"),
      );
      await t("GET /", { headers: { cookie: "a=1; b=1" } }).expect(200);
      await t("GET /", { headers: { cookie: "a=1; b=1; c=1" } }).expectProblem("malformed");
    });
  });
});

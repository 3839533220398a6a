import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redirect } from "../src/index.ts";

describe("redirect()", () => {
  test.each([
    ["/tickets/7", "/tickets/7"],
    ["/a?b=c#d", "/a?b=c#d"],
    ["?page=2", "?page=2"],
    ["#end", "#end"],
    ["../up", "../up"],
    ["here", "here"],
    ["/ตั๋ว/é", "/%E0%B8%95%E0%B8%B1%E0%B9%8B%E0%B8%A7/%C3%A9"],
    ["/a%20b", "/a%20b"],
    ["/a?to=https://other.test/", "/a?to=https://other.test/"],
    ["/@user", "/@user"],
  ])("goes to %s", (to, location) => {
    const { status, headers } = redirect(to);
    expect([status, headers["location"]]).toEqual([303, location]);
  });

  test("with a status of one's own", () => {
    expect(redirect("/new", 308).status).toBe(308);
  });

  test.each([
    "//evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "\\/evil.test",
    "/\t/evil.test",
    "\n//evil.test",
    " //evil.test",
    "https://evil.test",
    "https:evil.test",
    "http:/evil.test",
    "HTTPS://evil.test",
    "javascript:alert(1)",
    "data:text/html,x",
    "//here.invalid/x",
    "mailto:a@b.test",
    "",
  ])("refuses %j", (to) => {
    expect(() => redirect(to)).toThrow(/^OS_REDIRECT_ORIGIN/);
  });

  test("never leaves the origin, and never breaks its header, whatever it is given", () => {
    const texts = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
      fc.string({
        unit: fc.constantFrom("/", "\\", ":", "h", "t", "p", "s", "e", "\t", "\n", "\r", " ", "@", "?", "#", ".", "%"),
      }),
    );
    fc.assert(
      fc.property(texts, (to) => {
        let location: unknown;
        try {
          location = redirect(to).headers["location"];
        } catch (error) {
          expect(error).toMatchObject({ code: "OS_REDIRECT_ORIGIN" });
          return;
        }
        expect(location).toMatch(/^[!-~]+$/);
        expect(new URL(String(location), "https://own.test/a/b").origin).toBe("https://own.test");
      }),
      { numRuns: 20_000 },
    );
  });
});

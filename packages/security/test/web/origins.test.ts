import fc from "fast-check";
import { expect, test } from "vitest";
import { originMatcher } from "../../src/origins.ts";

const label = fc.stringMatching(/^[a-z\d](?:[a-z\d-]{0,10}[a-z\d])?$/);
/** What comes close to an origin of the pattern. */
const near = fc
  .array(
    fc.oneof(
      label,
      fc.constantFrom(
        "https://",
        "http://",
        ".example.com",
        "example.com",
        ".",
        "@",
        ":",
        "/",
        "#",
        "?",
        "\\",
        "%2e",
        "8443",
        "evil.test",
        " ",
        "\0",
        "。",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(""));

test("a pattern takes one label in its place, whatever comes close to it", () => {
  const fits = originMatcher(["https://*.example.com", "http://*.localhost:8443"], "test");
  const sound = (origin: string): boolean => {
    const url = URL.parse(origin);
    if (url === null || url.origin !== origin) return false;
    const rest = url.protocol === "https:" && url.port === "" ? ".example.com" : ".localhost";
    if (rest === ".localhost" && !(url.protocol === "http:" && url.port === "8443")) return false;
    return url.hostname.endsWith(rest) && /^[^.]+$/.test(url.hostname.slice(0, -rest.length));
  };
  const close = fc.oneof(
    near,
    near.map((text) => `https://${text}.example.com`),
    near.map((text) => `https://a.example.com${text}`),
    near.map((text) => `http://${text}.localhost:8443`),
  );
  fc.assert(
    fc.property(close, (origin) => {
      if (fits(origin)) expect([origin, sound(origin)]).toEqual([origin, true]);
    }),
    { numRuns: 5000 },
  );
  fc.assert(
    fc.property(label, (name) => {
      expect(fits(`https://${name}.example.com`)).toBe(true);
      expect(fits(`http://${name}.localhost:8443`)).toBe(true);
    }),
  );
});

test("a listed origin takes itself alone, and only what browsers write can be listed", () => {
  const close = fc.oneof(
    near,
    fc.webUrl(),
    fc.webUrl().map((url) => new URL(url).origin),
  );
  fc.assert(
    fc.property(close, close, (listed, origin) => {
      let fits: (origin: string) => boolean;
      try {
        fits = originMatcher([listed], "test");
      } catch (error) {
        expect(String(error)).toMatch(/^TypeError: OS_/);
        return;
      }
      if (!listed.includes("*")) expect(fits(origin)).toBe(origin === listed);
      expect(fits(listed)).toBe(!listed.includes("*"));
    }),
    { numRuns: 3000 },
  );
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csp, type CspDirectives, secureHeaders } from "../../src/index.ts";
import { makeCsp } from "../../src/csp.ts";

describe("csp", () => {
  const written: readonly [CspDirectives, text: string][] = [
    [{ "default-src": ["'none'"] }, "default-src 'none'"],
    [
      { "default-src": ["'self'"], "img-src": ["'self'", "data:", "https://*.images.example:*/a/"] },
      "default-src 'self'; img-src 'self' data: https://*.images.example:*/a/",
    ],
    [{ "script-src": ["'sha256-YWJj/+=='", "'strict-dynamic'"] }, "script-src 'sha256-YWJj/+==' 'strict-dynamic'"],
    [{ "connect-src": ["wss://[::1]:3000", "https:"] }, "connect-src wss://[::1]:3000 https:"],
    [{ sandbox: [], "upgrade-insecure-requests": [] }, "sandbox; upgrade-insecure-requests"],
    [{ sandbox: ["allow-forms", "allow-scripts"] }, "sandbox allow-forms allow-scripts"],
    [
      { "require-trusted-types-for": ["'script'"], "trusted-types": ["lit-html", "'allow-duplicates'"] },
      "require-trusted-types-for 'script'; trusted-types lit-html 'allow-duplicates'",
    ],
    [{ "report-uri": ["/reports?a=1"], "report-to": ["main"] }, "report-uri /reports?a=1; report-to main"],
  ];
  test.each(written)("%j", (directives, text) => {
    expect(makeCsp(directives).text()).toBe(text);
  });

  test("has a place for the nonce, and nothing in it where there is none", () => {
    const policy = csp({ "script-src": ["'self'", "'nonce'"], "style-src": ["'nonce'"] });
    expect(policy.text("abc+/==")).toBe("script-src 'self' 'nonce-abc+/=='; style-src 'nonce-abc+/=='");
    expect(policy.text()).toBe("script-src 'self'; style-src");
    expect(() => policy.text("a'; script-src *")).toThrow("OS_CSP_INVALID");
  });

  const wrong: readonly [directives: object, said: RegExp][] = [
    [{ "default-src": ["self"] }, /Write "'self'", with the quotes in it/],
    [{ "script-src": ["nonce-abc"] }, /Write "'nonce-abc'", with the quotes in it/],
    [{ "img-src": ["images.example"] }, /Write "https:\/\/images\.example"/],
    [{ "img-src": ["https://a.example https://b.example"] }, /one source a text/],
    [{ "img-src": ["https://a.example; script-src *"] }, /cannot stand/],
    [{ "img-src": ["https://a.example\r\nset-cookie: a=1"] }, /cannot stand/],
    [{ "img-src": ["https://a.example,"] }, /cannot stand/],
    [{ "img-src": ["'itself'"] }, /cannot stand/],
    [{ "img-scr": ["'self'"] }, /no directive "img-scr"/],
    [{ constructor: ["'self'"] }, /no directive/],
    [{ "img-src; script-src *": [] }, /no directive/],
    [{ "img-src": ["'none'", "'self'"] }, /'none' allows nothing/],
    [{ "style-src": ["'unsafe-inline'", "'nonce'"] }, /ignore 'unsafe-inline' beside 'nonce'/],
    [{ "style-src": ["'sha256-YWJj'", "'unsafe-inline'"] }, /ignore 'unsafe-inline'/],
    [{ "script-src": ["'strict-dynamic'", "'unsafe-inline'"] }, /ignore 'unsafe-inline'/],
    [{ "upgrade-insecure-requests": ["yes"] }, /cannot stand/],
    [{ sandbox: ["forms"] }, /cannot stand/],
    [{ "report-uri": ["/a;b"] }, /cannot stand/],
  ];
  test.each(wrong)("refuses %j", (directives, said) => {
    for (const write of [() => makeCsp(directives), () => secureHeaders({ csp: directives })]) {
      expect(write).toThrow(/^OS_/);
      expect(write).toThrow(said);
    }
  });

  test("whatever is written, no directive ends early and no line does", () => {
    const names = ["default-src", "img-src", "script-src", "sandbox", "report-uri", "trusted-types", "base-uri"];
    const source = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("'self'", "'none'", "data:", "*", "'nonce'", "https://a.example", "allow-forms", "/r"),
      fc.string().map((text) => `https://a.example/${text}`),
      fc.string().map((text) => `'nonce-${text}'`),
    );
    const directives = fc.dictionary(
      fc.oneof(fc.constantFrom(...names), fc.string()),
      fc.array(source, { maxLength: 3 }),
    );
    fc.assert(
      fc.property(directives, (given) => {
        let text: string;
        try {
          text = makeCsp(given).text("abc");
        } catch (error) {
          expect(String(error)).toMatch(/^TypeError: OS_/);
          return;
        }
        expect(text).toMatch(/^[ -+\--~]*$/); // printable ASCII, no comma, which would begin another policy
        const read = text === "" ? [] : text.split("; ").map((directive) => directive.split(" "));
        const meant = Object.entries(given).map(([name, sources]) => [
          name,
          ...sources.map((each) => (each === "'nonce'" ? "'nonce-abc'" : each)),
        ]);
        expect(read).toEqual(meant);
      }),
      { numRuns: 2000 },
    );
  });
});

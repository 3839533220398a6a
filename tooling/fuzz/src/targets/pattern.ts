import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { type App, CompileError, createApp } from "@openspeed/core";
import { incomingOf } from "../incoming.ts";
import { type Target, utf8 } from "../target.ts";

/** An app that answers at a pattern with the params of the path. */
function appOf(pattern: string): App {
  const app = createApp({ mode: "test" });
  app.get(pattern, ({ params }) => JSON.stringify(params));
  return app;
}

export const pattern: Target<{ readonly appOf: typeof appOf }> = {
  name: "pattern",
  about:
    "a path pattern is refused at start with an error that says why, or serves the paths that it describes, at once",
  sources: ["packages/core/src/compile/table.ts", "packages/core/src/compile/matcher.ts"],
  words: [
    "/",
    ":a",
    ":b?",
    "*rest",
    "*r?",
    ":__proto__",
    ":constructor",
    "%2F",
    "%3A",
    "%",
    "..",
    ".",
    "é",
    "💩",
    ":",
    "*",
    "?",
    "(a+)+",
    "{b}",
  ],
  separators: ["/", ":", "?"],
  longest: 256,
  subject: { appOf },
  async check({ appOf }, input) {
    const pattern = utf8(input);
    const app = appOf(pattern);
    try {
      await app.ready();
    } catch (error) {
      ok(error instanceof CompileError && error.diagnostics.every(({ code }) => code.startsWith("OS_")));
      return;
    }
    const ask = async (target: string): Promise<readonly [number, unknown]> => {
      const { status, body } = await app.handle(incomingOf({ method: "GET", target }));
      return [status, status === 200 ? JSON.parse(String(body)) : undefined];
    };
    const segments = pattern.split("/");
    const params = segments.filter((segment) => /^[:*]/.test(segment));
    deepStrictEqual(await ask(segments.map(filled).join("/")), [
      200,
      Object.fromEntries(params.map((name) => [nameOf(name), valueOf(name)])),
    ]);
    // Paths that begin like the pattern again and again are what makes a careless matcher slow.
    const hostile = segments.map((segment) => (/^[:*]/.test(segment) ? "a" : encodeURI(segment))).join("/");
    strictEqual([200, 400, 404].includes((await ask(`${hostile}/`.repeat(8_000 / (hostile.length + 1))))[0]), true);
  },
};

function nameOf(param: string): string {
  return param.slice(1).replace("?", "");
}

function valueOf(param: string): string {
  return param.startsWith("*") ? "r/s" : "x";
}

/** A segment as a client sends it. */
function filled(segment: string): string {
  return /^[:*]/.test(segment) ? valueOf(segment) : encodeURI(segment).replaceAll("%25", "%");
}

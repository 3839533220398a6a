import { describe, expect, test } from "vitest";
import { loadConfig } from "../src/config.ts";
import { Fault } from "../src/fault.ts";
import { project } from "./project.ts";

test("without a file, everything has its default", async () => {
  using empty = project({});
  expect(await loadConfig(empty.root)).toEqual({
    root: empty.root,
    file: undefined,
    app: "src/app.ts",
    routes: "routes",
    matchers: "matchers",
    port: 3000,
    host: "localhost",
    vite: {},
  });
});

test("a file says what differs, and paths are written in one way", async () => {
  using given = project({
    "openspeed.config.ts": `import { defineConfig } from "@openspeed/cli";
export default defineConfig({ app: "./app.ts", routes: "src/routes/", port: 0 });`,
  });
  await expect(loadConfig(given.root)).rejects.toThrow("OS_CONFIG_UNREADABLE"); // this package does not depend on itself
  given.write({ "openspeed.config.mts": "export default {}" });
  await expect(loadConfig(given.root)).rejects.toThrow("OS_CONFIG_TWICE openspeed.config.mts");
  using plain = project({
    "openspeed.config.ts": 'export default { app: "./app.ts", routes: "src\\\\routes/", port: 0 };',
  });
  expect(await loadConfig(plain.root)).toMatchObject({ app: "app.ts", routes: "src/routes", port: 0 });
});

test("a project in JavaScript has its app in JavaScript", async () => {
  using plain = project({ "src/app.js": "", "openspeed.config.js": "export default { host: '::1' }" });
  expect(await loadConfig(plain.root)).toMatchObject({ app: "src/app.js", host: "::1", file: "openspeed.config.js" });
});

describe.concurrent("a broken configuration is refused: where, why, and the mend", () => {
  type Says = readonly [where: string, message: string];
  const broken: readonly (readonly [text: string, ...says: Says[]])[] = [
    [
      "export default {\n  prot: 3000,\n};",
      ["openspeed.config.ts:2:3", "There is no option named prot. Did you mean port?"],
    ],
    ['export default { port: "3000" };', ["openspeed.config.ts:1:18", 'port is "3000".']],
    ["export default { port: 65536 };", ["openspeed.config.ts:1:18", "port is 65536."]],
    ["export default { port: 1.5 };", ["openspeed.config.ts:1:18", "port is 1.5."]],
    ["const port = -1;\nexport default { port };", ["openspeed.config.ts", "port is -1."]],
    ['export default { routes: "../routes" };', ["openspeed.config.ts:1:18", 'routes is "../routes".']],
    ['export default { app: "/src/app.ts" };', ["openspeed.config.ts:1:18", 'app is "/src/app.ts".']],
    ["export default { host: () => 1 };", ["openspeed.config.ts:1:18", "host is a function."]],
    ["export default { vite: [] };", ["openspeed.config.ts:1:18", "vite is []."]],
    [
      'export default {\n  app: "",\n  matchers: 7,\n};',
      ["openspeed.config.ts:2:3", 'app is "".'],
      ["openspeed.config.ts:3:3", "matchers is 7."],
    ],
    ["export const config = {};", ["openspeed.config.ts", "Its default export is no configuration."]],
    ["export default [];", ["openspeed.config.ts", "Its default export is no configuration."]],
    ['import "./nowhere.ts";\nexport default {};', ["openspeed.config.ts:1", "nowhere.ts cannot be found."]],
    ['\nthrow new Error("not today");', ["openspeed.config.ts:2:7", "The configuration cannot be loaded: not today."]],
  ];
  test.each(broken.map(([text, ...says]) => [text, says] as const))("%j", async (text, says) => {
    using given = project({ "openspeed.config.ts": text });
    const fault = await loadConfig(given.root).catch((error: unknown) => error);
    if (!(fault instanceof Fault)) return expect.fail("it should have been refused");
    expect(fault.diagnostics.map(({ where, message }) => [where, message])).toEqual(
      says.map(([where, message]) => [expect.stringMatching(where), expect.stringContaining(message)]),
    );
    for (const { mend, code } of fault.diagnostics) {
      expect(mend).toMatch(/^[A-Z].*\.$/);
      expect(code).toMatch(/^OS_CONFIG_/);
    }
    return undefined;
  });
});

describe.concurrent("the command shows the line", () => {
  test("of a value that cannot be", async () => {
    using given = project({ "openspeed.config.ts": 'export default {\n  port: "x",\n};' });
    expect(await given.openspeed(["routes"])).toEqual({
      code: 3,
      out: "",
      err: `error openspeed.config.ts:2:3 OS_CONFIG_VALUE
  port is "x".
  Give it a whole number from 0 to 65535.

    1 | export default {
  > 2 |   port: "x",
      |   ^
    3 | };`,
    });
  });

  test("that is no TypeScript", async () => {
    using given = project({ "openspeed.config.ts": "export default {\n  port: ,\n};" });
    const { code, out, err } = await given.openspeed(["routes"]);
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toContain("error openspeed.config.ts:2 OS_CONFIG_UNREADABLE\n  The configuration cannot be loaded: ");
    expect(err).toContain("  > 2 |   port: ,");
  });
});

import { describe, expect, test } from "vitest";
import { project } from "./project.ts";

const core = 'import { createApp, publicAccess } from "@openspeed/core";';

/** What stands in `src/app.ts`, and the whole of what is said about it. */
const broken: readonly (readonly [name: string, app: string | undefined, says: string])[] = [
  [
    "no app module",
    undefined,
    `error src/app.ts OS_APP_MISSING
  There is no app: src/app.ts does not exist in <root>.
  Create it with export const app = createApp({ … }), or name another: app: "…" in openspeed.config.ts.`,
  ],
  [
    "another export",
    "export const server = 1;",
    `error src/app.ts OS_APP_EXPORT
  It exports no app, only server.
  Write export const app = createApp({ … }).`,
  ],
  [
    "an export that is no app",
    "export const app = { fetch() {} };",
    `error src/app.ts OS_APP_EXPORT
  What it exports as app is no app.
  Write export const app = createApp({ … }).`,
  ],
  [
    "no TypeScript",
    `${core}\nexport const app = createApp(;`,
    `error src/app.ts:2:30 OS_APP_UNREADABLE
  The app cannot be loaded: Unexpected token.
  Mend the line that is named.

    1 | ${core}
  > 2 | export const app = createApp(;
      |                              ^`,
  ],
  [
    "it throws",
    `${core}\ninterface Gone { readonly soon: true }\nfunction connect(): never {\n  throw new Error("No database.");\n}\nconnect();\nexport const app = createApp();`,
    `error src/app.ts:4:9 OS_APP_UNREADABLE
  The app cannot be loaded: No database.
  Mend the line that is named.

    3 | function connect(): never {
  > 4 |   throw new Error("No database.");
      |         ^
    5 | }`,
  ],
  [
    "a file that is not there",
    `${core}\nimport { db } from "./db.ts";\nexport const app = createApp({ bind: db });`,
    `error src/app.ts:2 OS_APP_UNREADABLE
  The app cannot be loaded: ./db.ts cannot be found.
  Mend the line that is named.

    1 | ${core}
  > 2 | import { db } from "./db.ts";
    3 | export const app = createApp({ bind: db });`,
  ],
  [
    "a package that is not there",
    'import { x } from "not-installed";\nexport const app = x;',
    `error src/app.ts:1 OS_APP_UNREADABLE
  The app cannot be loaded: not-installed cannot be found.
  Mend the line that is named.

  > 1 | import { x } from "not-installed";
    2 | export const app = x;`,
  ],
  [
    "what is generated was never generated",
    'import routes from "../.openspeed/routes.ts";\nexport const app = routes;',
    `error src/app.ts:1 OS_APP_UNREADABLE
  The app cannot be loaded: ../.openspeed/routes.ts cannot be found.
  Run openspeed check --fix, which writes what is generated.

  > 1 | import routes from "../.openspeed/routes.ts";
    2 | export const app = routes;`,
  ],
  [
    "everything that compiling finds",
    `${core}
const open = { use: [publicAccess()] };
export const app = createApp();
app.get("/a/:id", open, () => 1);
app.get("/a/:name", open, () => 1);
app.get("/b/:", open, () => 1);`,
    `error src/app.ts:5:5 OS_SHADOWED_PATH
  GET /a/:name is never reached: /a/:id takes the same paths (src/app.ts:5:5 and src/app.ts:4:5).
  Remove one of them, or give it another path.

    4 | app.get("/a/:id", open, () => 1);
  > 5 | app.get("/a/:name", open, () => 1);
      |     ^
    6 | app.get("/b/:", open, () => 1);

error src/app.ts:6:5 OS_MALFORMED_PATH
  A parameter in GET /b/: has no proper name.
  Write :name, :name? or *name with a name of letters, digits, _ and -.

    5 | app.get("/a/:name", open, () => 1);
  > 6 | app.get("/b/:", open, () => 1);
      |     ^`,
  ],
  [
    "routes that a function mounts",
    `import { type App, createApp } from "@openspeed/core";
export const app = createApp();
function mountAll(it: App): void {
  it.get("/b/:", () => 1);
}
mountAll(app);`,
    `error src/app.ts:4:6 OS_MALFORMED_PATH
  A parameter in GET /b/: has no proper name.
  Write :name, :name? or *name with a name of letters, digits, _ and -.

    3 | function mountAll(it: App): void {
  > 4 |   it.get("/b/:", () => 1);
      |      ^
    5 | }`,
  ],
];

describe.concurrent("an app that cannot be loaded: where, why, and the mend", () => {
  test.each(broken)("%s", async (_, app, says) => {
    using given = project(app === undefined ? {} : { "src/app.ts": app });
    expect(await given.openspeed(["routes", "--json"])).toEqual({ code: 3, out: "", err: says });
  });

  test("what an app says and leaves behind does not disturb what was asked for", async () => {
    using noisy = project({
      "src/app.ts": `${core}
console.log("starting");
setInterval(() => {}, 1000);
export const app = createApp();`,
    });
    expect(await noisy.openspeed(["routes", "--json"])).toEqual({ code: 0, out: "[]", err: "starting" });
  });

  test("TSX, another module and the default export are apps as well", async () => {
    using other = project({
      "openspeed.config.ts": 'export default { app: "server/main.tsx" };',
      "tsconfig.json": '{ "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "preact" } }',
      "server/main.tsx": `import { createApp } from "@openspeed/core";
const app = createApp();
const Hello = () => <p>hello</p>;
app.get("/", () => String(Hello()));
export default app;`,
    });
    const { code, out, err } = await other.openspeed(["routes"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("GET     /     none          server/main.tsx:4:5");
  });
});

import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { apiProject, hello, PAGES } from "./dev-project.ts";
import { running } from "./dev-server.ts";
import { project, type TestProject } from "./project.ts";

type Files = Readonly<Record<string, string>>;

const plain = (maker: string): string => `const View = { a: 1 };

// ${maker}
export default View;
`;
const page = 'import { page } from "@openspeed/pages";\nexport default page(() => <p>x</p>);\n';

/** Which file is broken how, and what is said first of it. */
const broken: readonly (readonly [name: string, files: Files, says: string])[] = [
  [
    "a _use that exports no list",
    {
      "src/guards.ts": 'import { publicAccess } from "@openspeed/core";\nexport const admin = publicAccess();\n',
      "routes/_use.ts": 'import { admin } from "../src/guards.ts";\n\nexport default admin;\n',
    },
    "error routes/_use.ts:3 OS_USE_EXPORT\n  Its default export is not a list.\n  Write export default [",
  ],
  [
    "a page that page() did not make",
    { "routes/md/page.tsx": plain("page") },
    "error routes/md/page.tsx:4 OS_PAGE_EXPORT\n  routes/md/page.tsx exports by default what page() did not make.\n  Write `export default page(…)`.",
  ],
  [
    "a layout that layout() did not make",
    { "routes/md/page.tsx": page, "routes/md/_layout.tsx": plain("layout") },
    "error routes/md/_layout.tsx:4 OS_PAGE_EXPORT\n  Layout 2 around routes/md/page.tsx exports by default what layout() did not make.\n  Write",
  ],
  [
    "a tsconfig.json that ends too early",
    { "tsconfig.json": '{\n  "compilerOptions": {\n' },
    "error tsconfig.json:3 OS_SETTINGS_UNREADABLE\n  It cannot be read: EOF while parsing an object.\n  Mend the line",
  ],
  [
    "a package.json with a word",
    { "package.json": '{\n  "type": module\n}\n' },
    "error package.json:2:11 OS_SETTINGS_UNREADABLE\n  It cannot be read: expected value.\n  Mend the line",
  ],
  [
    "a page that throws while it is loaded",
    { "routes/top/page.tsx": `${page.split("\n")[0]}\nthrow new Error("top");\n${page.split("\n")[1]}\n` },
    'error routes/top/page.tsx:2:7 OS_APP_UNREADABLE\n  The app cannot be loaded: top.\n  Mend the line that is named.\n\n    1 | import { page } from "@openspeed/pages";\n  > 2 | throw',
  ],
  [
    "a matcher that throws while it is loaded",
    { "matchers/region.ts": 'throw new Error("top");\nexport default {};\n', "routes/[id=region].ts": hello(3) },
    "error matchers/region.ts:1:7 OS_APP_UNREADABLE\n  The app cannot be loaded: top.",
  ],
];

test.each(broken)("%s is told at its file, by commands and while developing", async (_, files, says) => {
  using app = project({ ...PAGES, ...files });
  const { code, err } = await app.openspeed(["routes", "--json"]);
  expect(err).toContain(says);
  expect(code).toBe(3);
  await using dev = await running(app.root, ["dev"]);
  expect(dev.said()).toContain(says);
});

test("the folder of routes that goes is named, and waited for", async () => {
  using app = apiProject();
  await using dev = await running(app.root, ["dev"]);
  const shown = dev.says(/^error routes OS_ROUTES_UNREADABLE\n {2}The app's routes are generated from this folder/m);
  renameSync(join(app.root, "routes"), join(app.root, "away"));
  await shown;
  const { err } = await app.openspeed(["routes"]);
  expect(err).toContain("error routes OS_ROUTES_UNREADABLE");
  const mended = dev.says(/^reload/m);
  renameSync(join(app.root, "away"), join(app.root, "routes"));
  await mended;
  expect(await dev.text("/hello")).toBe("v0 of first");
});

test("a renderer that is not installed is told with the command that installs it", async () => {
  using app = project({
    ...PAGES,
    "tsconfig.json": '{\n  "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "react" }\n}\n',
    "src/counter.island.tsx": "export default () => <p>x</p>;\n",
  });
  withoutRenderers(app);
  const { err } = await app.openspeed(["routes"]);
  expect(err).toContain(
    "error tsconfig.json:2 OS_RENDERER_MISSING\n  Pages are rendered with react, and react is not installed.\n  npm install react react-dom",
  );
});

/** Packages as in a project of its own, where a package finds only what the project has. */
function withoutRenderers({ root }: TestProject): void {
  const installed = fileURLToPath(new URL("../node_modules/", import.meta.url));
  const pages = fileURLToPath(new URL("../../pages/", import.meta.url));
  const modules = join(root, "node_modules");
  rmSync(modules);
  mkdirSync(join(modules, "@openspeed"), { recursive: true });
  for (const name of readdirSync(join(installed, "@openspeed")))
    if (name !== "pages")
      symlinkSync(join(installed, "@openspeed", name), join(modules, "@openspeed", name), "junction");
  for (const part of ["src", "package.json"])
    cpSync(join(pages, part), join(root, "packages/pages", part), { recursive: true });
  symlinkSync(join(root, "packages/pages"), join(modules, "@openspeed/pages"), "junction");
}

import type { Files } from "./files.ts";
import { camelOf, readName } from "./plugin.ts";

export interface NewPackage {
  /** `billing`, or with a scope: `@acme/billing`. */
  readonly name: string;
  /** Where packages are, from the project's folder; "" makes it in there. */
  readonly folder: string;
  /** The range of `@openspeed/core`: `workspace:^` beside it. */
  readonly core: string;
  /** Ranges of what tests and types need. */
  readonly tools: { readonly typescript: string; readonly vitest: string };
}

/** Pure: a package with its rooms: what it is for, source, test, and how it is published. */
export function newPackage({ name, folder, core, tools }: NewPackage): Files {
  const [scope, bare] = name.startsWith("@") ? [name.split("/")[0], name.split("/")[1] ?? ""] : [undefined, name];
  const word = readName(bare);
  const full = scope === undefined ? word : `@${readName(scope.slice(1))}/${word}`;
  const camel = camelOf(word);
  const place = folder === "" ? word : `${folder}/${word}`;
  return new Map([
    [`${place}/package.json`, `${JSON.stringify(manifest(full, core, tools), null, 2)}\n`],
    [`${place}/tsconfig.json`, `${JSON.stringify(TSCONFIG, null, 2)}\n`],
    [`${place}/README.md`, readme(full, camel)],
    [`${place}/src/index.ts`, source(camel)],
    [`${place}/test/${word}.test.ts`, test(camel)],
  ]);
}

function manifest(name: string, core: string, { typescript, vitest }: NewPackage["tools"]): object {
  return {
    name,
    version: "0.1.0",
    description: "What it gives a route, in one sentence.",
    license: "MIT",
    files: ["dist", "src"],
    type: "module",
    sideEffects: false,
    exports: {
      ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./package.json": "./package.json",
    },
    scripts: { build: "tsc", test: "vitest run" },
    peerDependencies: { "@openspeed/core": core },
    devDependencies: { "@openspeed/core": core, typescript, vitest },
    engines: { node: ">=22.18" },
  };
}

const TSCONFIG = {
  compilerOptions: {
    target: "es2024",
    lib: ["es2024", "dom", "dom.iterable"],
    module: "nodenext",
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    isolatedDeclarations: true,
    rewriteRelativeImportExtensions: true,
    declaration: true,
    rootDir: "src",
    outDir: "dist",
    skipLibCheck: true,
  },
  include: ["src"],
};

function source(camel: string): string {
  return `import { type Declared, type Provider, provide } from "@openspeed/core";

/** What routes that list it under \`use\` are given. */
export const ${camel}: Provider<"${camel}", { readonly now: () => Date }, Declared<{}, []>> = provide(
  "${camel}",
  { scope: "app" },
  () => ({ now: () => new Date() }),
);
`;
}

function test(camel: string): string {
  return `import { createApp } from "@openspeed/core";
import { expect, test } from "vitest";
import { ${camel} } from "../src/index.ts";

test("a route is given what it asks for", async () => {
  const app = createApp();
  app.get("/", { use: [${camel}] }, ({ ${camel} }) => ({ year: ${camel}.now().getFullYear() }));
  const fixed = app.override([${camel}.with({ now: () => new Date(Date.UTC(2001, 5, 1)) })]);
  const answer = await fixed.fetch(new Request("http://localhost/"));
  expect(await answer.json()).toEqual({ year: 2001 });
});
`;
}

function readme(name: string, camel: string): string {
  return `# ${name}

What it gives a route, in two sentences.

\`\`\`sh
npm install ${name}
\`\`\`

\`\`\`ts
import { createApp } from "@openspeed/core";
import { ${camel} } from "${name}";

export const app = createApp();
app.get("/", { use: [${camel}] }, ({ ${camel} }) => ({ now: ${camel}.now() }));
\`\`\`

## What it refuses

Nothing yet.
`;
}

import { type TestProject, project } from "./project.ts";

/** An app with one route in a file, and a value that lives as long as the app. */
export const API: Readonly<Record<string, string>> = {
  "package.json": '{ "type": "module" }',
  "src/app.ts": `import { createApp } from "@openspeed/core";
import routes from "../.openspeed/routes.ts";
export const app = createApp({ routes });
`,
  "src/pool.ts": `import { provide } from "@openspeed/core";
export const pool = provide("pool", { scope: "app", dispose: ({ name }) => console.log("disposed " + name) }, () => {
  console.log("opened first");
  return { name: "first" };
});
`,
  "routes/hello.ts": hello(0),
  "routes/slow.ts": `import { route } from "@openspeed/core";
import { pool } from "../src/pool.ts";
export const GET = route({ use: [pool] }, async function* ({ pool, signal }) {
  yield { begun: pool.name };
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
});
`,
};

export function hello(version: number): string {
  return `import { route } from "@openspeed/core";
import { pool } from "../src/pool.ts";
export const GET = route({ use: [pool] }, ({ pool }) => "v${version} of " + pool.name);
`;
}

export const PAGES: Readonly<Record<string, string>> = {
  ...API,
  "tsconfig.json": '{ "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "preact" } }',
  "src/style.css": "h1 { color: rgb(255, 0, 0); }\n",
  "src/counter.island.tsx": `import { useState } from "preact/hooks";
export default function Counter({ start }: { start: number }) {
  const [count, setCount] = useState(start);
  return <button type="button" onClick={() => setCount(count + 1)}>count {count}</button>;
}
`,
  "routes/_layout.tsx": `import { layout } from "@openspeed/pages";
import style from "../src/style.css?url";
export default layout({ head: () => ({ link: [{ rel: "stylesheet", href: style }] }) }, ({ children }) => <main>{children}</main>);
`,
  "routes/page.tsx": home(0),
  "public/robots.txt": "User-agent: *\n",
};

export function home(version: number): string {
  return `import { page } from "@openspeed/pages";
import Counter from "../src/counter.island.tsx";
export default page({ head: () => ({ title: "Home" }) }, () => <section><h1>Home v${version}</h1><Counter start={3} /></section>);
`;
}

export function apiProject(files: Readonly<Record<string, string>> = {}): TestProject {
  return project({ ...API, ...files });
}

/** Tells of the process that answers, after its garbage has been collected. */
export const VITALS: Readonly<Record<string, string>> = {
  "routes/vitals.ts": `import { route } from "@openspeed/core";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
setFlagsFromString("--expose_gc");
const collect = runInNewContext("gc");
export const GET = route({}, async () => {
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  return { heap: process.memoryUsage().heapUsed, resources: process.getActiveResourcesInfo() };
});
`,
};

import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** How many route files a project has; beside them, a `_use` file for each area. */
export const FILES = 10_000;
const AREAS = 20;

/** What is done to one of them. */
export const CHANGES = ["a handler", "an export", "a new file", "a file gone"] as const;
export type Change = (typeof CHANGES)[number];

/** What a usual route file holds: two routes with schemas, a problem, a handler that awaits. */
export const SOURCE = `import { problem, route } from "@openspeed/core";
import { z } from "zod";

const Thing = z.object({ id: z.int(), name: z.string().max(100), tags: z.array(z.string()).max(10) });

export const GET = route(
  { params: z.object({ id: z.coerce.number() }), output: Thing, problems: { notFound: problem(404, "No such thing") } },
  async ({ params, fail }) => {
    if (params.id < 0) fail.notFound();
    return { id: params.id, name: \`thing \${params.id}\`, tags: [] };
  },
);

export const POST = route({ body: Thing, output: Thing }, ({ body }) => body);
`;

/** Files from the project's root. A third stand below two params, the others below one. */
export function routeFiles(): string[] {
  return Array.from({ length: FILES }, (_, at) => {
    const group = Math.floor(at / AREAS) % 25;
    const name = Math.floor(at / (AREAS * 25));
    const deeper = at % 3 === 0 ? "/[part=slug]" : "";
    return `routes/area-${at % AREAS}/(group-${group})/things-${group}/[id=int]/part-${name}${deeper}.ts`;
  });
}

/** Writes the project into a new folder of the system's own for such things. */
export async function writeProject(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "openspeed-bench-files-"));
  const files = routeFiles();
  for (const folder of new Set(files.map((file) => dirname(file))))
    await mkdir(join(root, folder), { recursive: true });
  for (const file of files) await writeFile(join(root, file), SOURCE);
  for (let area = 0; area < AREAS; area++)
    await writeFile(join(root, `routes/area-${area}/_use.ts`), "export default [];\n");
  return root;
}

// A process that reads the project for the first time in its life, writes what follows from it, and follows changes.
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openProject, type Project } from "@openspeed/router-fs/generate";
import { answer } from "../process/answer.ts";
import { type Change, FILES, routeFiles, SOURCE } from "./tree.ts";

export interface Question {
  readonly root: string;
  /** Of each kind. */
  readonly changes: number;
}

/** Milliseconds. */
export interface Times {
  readonly scan: number;
  readonly write: number;
  readonly rescans: Readonly<Record<Change, readonly number[]>>;
}

answer<null, Question, Times>(null, async ({ root, changes }) => {
  await rm(join(root, ".openspeed"), { recursive: true, force: true });
  const begun = performance.now();
  const project = await openProject({ root });
  const rows = project.scan.routes.length;
  project.outputs();
  const scan = performance.now() - begun;
  if (rows !== FILES * 2) throw new Error(`${rows} routes were found, not ${FILES * 2}`);
  const writing = performance.now();
  await project.write();
  return { scan, write: performance.now() - writing, rescans: await rescans(project, root, changes) };
});

async function rescans(project: Project, root: string, changes: number): Promise<Times["rescans"]> {
  const times: Record<Change, number[]> = { "a handler": [], "an export": [], "a new file": [], "a file gone": [] };
  const files = routeFiles();
  for (let change = 0; change < changes; change++) {
    const file = files[(change * 997) % files.length] ?? "";
    const added = `${file.slice(0, file.lastIndexOf("/"))}/new-${change}.ts`;
    await writeFile(join(root, file), SOURCE.replace("tags: []", `tags: ["${change}"]`));
    times["a handler"].push(rescan(project, file, false));
    await writeFile(join(root, file), `${SOURCE}export const PUT = GET;\n`);
    times["an export"].push(rescan(project, file, true));
    await writeFile(join(root, file), SOURCE);
    rescan(project, file, true);
    await writeFile(join(root, added), SOURCE);
    times["a new file"].push(rescan(project, added, true));
    await rm(join(root, added));
    times["a file gone"].push(rescan(project, added, true));
  }
  return times;
}

/** From the news of a change until all texts are there again. */
function rescan(project: Project, file: string, routes: boolean): number {
  const begun = performance.now();
  const { routesChanged } = project.update([file]);
  project.outputs();
  const time = performance.now() - begun;
  if (routesChanged !== routes) throw new Error(`${file} changed, and the routes ${routes ? "did not" : "did"}`);
  return time;
}

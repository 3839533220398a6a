// A fresh process that builds one table once: how long that takes, first lookup included, and what it keeps on the heap.
import { answer } from "../process/answer.ts";
import { loadSubject } from "./subjects.ts";
import { tableNamed } from "./tables.ts";

export interface Build {
  readonly milliseconds: number;
  readonly kibibytes: number;
}

const [, , subject = "", table = ""] = process.argv;
const createRouter = await loadSubject(subject);
const routes = tableNamed(table);
const [first] = routes;
if (first === undefined) throw new Error(`${table} is empty`);

const before = heap();
const begun = performance.now();
const router = createRouter();
for (const route of routes) router.add(route);
router.read(first.method, first.path, []);
const milliseconds = performance.now() - begun;
const kibibytes = (heap() - before) / 1024;
if (router.read(first.method, first.path, []) !== first) throw new Error(`${subject} does not find ${first.path}`);

answer<Build, never, null>({ milliseconds, kibibytes }, () => null);

function heap(): number {
  if (globalThis.gc === undefined) throw new Error("This file needs --expose-gc");
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/**
 * Ten servers are stopped under keep-alive load: `pnpm run shutdown-runs [runs] [options as JSON]`.
 * Prints how many requests were answered and how many failed; at least one failed ends with exit code 1.
 */
import { startChild } from "./child.ts";
import { load } from "./load.ts";

const runs = Number(process.argv[2] ?? 10);
const options: object = JSON.parse(process.argv[3] ?? "{}");
let answered = 0;
let failed = 0;
let slowest = 0;
for (let run = 0; run < runs; run++) {
  const child = await startChild(options);
  const busy = load({ port: child.port, connections: 64 });
  const calm = load({ port: child.port, connections: 200, pause: () => Math.random() * 100 });
  await busy.reached(10_000);
  const before = performance.now();
  child.process.kill("SIGTERM");
  const [{ code }] = await Promise.all([child.exit, busy.done, calm.done]);
  const took = Math.round(performance.now() - before);
  answered += busy.answered + calm.answered;
  const failures = [...busy.failed, ...calm.failed];
  failed += failures.length + (code === 0 ? 0 : 1);
  slowest = Math.max(slowest, took);
  console.log(
    `run ${run + 1}: ${busy.answered + calm.answered} answered, ${failures.length} failed, exit ${code} after ${took} ms`,
    [...new Set(failures)].join(", "),
  );
}
console.log(`${answered} answered, ${failed} failed in ${runs} runs; slowest exit ${slowest} ms`);
process.exit(failed === 0 ? 0 : 1);

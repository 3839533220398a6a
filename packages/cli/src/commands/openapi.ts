import { type Command, Option } from "commander";
import type { DocumentOptions } from "@openspeed/openapi";
import { EXIT } from "../exit.ts";
import type { Allowed } from "../print/openapi-diff.ts";
import { configOf, type Session } from "./command.ts";

interface PrintOptions {
  readonly json?: true;
  readonly yaml?: true;
  readonly output?: string;
  readonly title?: string;
  /** Of the API; `--version` is the command's own. */
  readonly apiVersion?: string;
  readonly openapi?: "3.1" | "3.2";
}

export function addOpenApi(program: Command, session: Session): void {
  const { out, err } = session.terminal;
  const openapi = program
    .command("openapi")
    .description("print the app's OpenAPI document, as its openapi() plugin serves it")
    .addOption(new Option("--json", "as JSON, which is the default").conflicts("yaml"))
    .option("--yaml", "as YAML")
    .option("-o, --output <file>", "write it into a file: as YAML, if that is how the file's name ends")
    .option("--title <text>", "the API's title")
    .option("--api-version <text>", "the API's version")
    .addOption(new Option("--openapi <edition>", "the specification's edition").choices(["3.1", "3.2"]))
    .allowExcessArguments()
    .action(async (options: PrintOptions, command: Command) => {
      // A command with subcommands and a meaning of its own gets mistyped ones as arguments.
      const [unknown] = command.args;
      if (unknown !== undefined) command.error(`error: unknown command '${unknown}'\n(Did you mean diff?)`);
      const config = await configOf(command, session);
      const { openApiOf } = await import("../openapi/library.ts");
      const { readDocument } = await import("../openapi/read-document.ts");
      const { document, findings } = await readDocument(config, said(options));
      const yaml = options.yaml ?? (options.json === undefined && /\.ya?ml$/.test(options.output ?? ""));
      const text = yaml
        ? (await (await openApiOf(config)).toYaml(document)).trimEnd()
        : JSON.stringify(document, null, 2);
      if (options.output === undefined) out(text);
      else {
        const { writeOutput } = await import("../print/write-output.ts");
        await writeOutput(config.root, options.output, `${text}\n`);
      }
      if (findings.length === 0) return;
      const { printDiagnostics } = await import("../print/diagnostics.ts");
      err(printDiagnostics(findings, config.root, session.terminal.errStyle));
      session.code = EXIT.found;
    });

  openapi
    .command("diff")
    .description("compare the app's document with what it was: what breaks callers, what is new, what only words say")
    .argument("<before>", "a git ref (main, v1.2.0, HEAD~3), or a file that openapi -o wrote")
    .argument("[after]", "the same; without it, the files as they are now")
    .option("--json", "as JSON")
    .addOption(
      new Option("--allow <effect...>", "what does not count for the exit code").choices(["breaking", "additive"]),
    )
    .addHelpText("after", DIFF_CODES)
    .action(
      async (
        before: string,
        after: string | undefined,
        options: { readonly json?: true; readonly allow?: readonly Allowed[] },
        command: Command,
      ) => {
        const config = await configOf(command, session);
        // The parent has an option of the same name, and takes it wherever it stands.
        const json = options.json ?? command.parent?.opts()["json"] === true;
        const { openApiOf } = await import("../openapi/library.ts");
        const { readDocument, readDocumentOf } = await import("../openapi/read-document.ts");
        const { exitCodeOf, printOpenApiDiff } = await import("../print/openapi-diff.ts");
        const { diffDocuments } = await openApiOf(config);
        const old = await readDocumentOf(before, config);
        const now =
          after === undefined ? (await readDocument(config, {})).document : await readDocumentOf(after, config);
        const changes = diffDocuments(old, now);
        out(json ? JSON.stringify(changes, null, 2) : printOpenApiDiff(changes, session.terminal.style));
        session.code = exitCodeOf(changes, options.allow ?? []);
      },
    );
}

function said({ title, apiVersion, openapi }: PrintOptions): Partial<DocumentOptions> {
  return {
    ...(title !== undefined && { title }),
    ...(apiVersion !== undefined && { version: apiVersion }),
    ...(openapi !== undefined && { openapi }),
  };
}

const DIFF_CODES = `
Exit codes:
  0  nothing differs, or only words do
  1  something is new, or more is taken
  2  callers break
  3  a document could not be read`;

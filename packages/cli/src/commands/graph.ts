import { type Command, Option } from "commander";
import type { Kind } from "../print/diff.ts";
import { configOf, type Session } from "./command.ts";

export function addGraph(program: Command, session: Session): void {
  const { out } = session.terminal;
  const graph = program
    .command("graph")
    .description("print what the app is made of: routes, providers, problems, policies, plugins")
    .option("--json", "the whole graph as JSON")
    .option("-o, --output <file>", "write the whole graph as JSON into a file, for graph diff")
    .allowExcessArguments()
    .action(async (options: { readonly json?: true; readonly output?: string }, command: Command) => {
      // A command with subcommands and a meaning of its own gets mistyped ones as arguments.
      const [unknown] = command.args;
      if (unknown !== undefined) command.error(`error: unknown command '${unknown}'\n(Did you mean diff?)`);
      const config = await configOf(command, session);
      const { readGraph } = await import("../graph/read-graph.ts");
      const found = await readGraph(config);
      const json = JSON.stringify(found, null, 2);
      if (options.output !== undefined) {
        const { writeOutput } = await import("../print/write-output.ts");
        await writeOutput(config.root, options.output, `${json}\n`);
      } else if (options.json) out(json);
      else {
        const { printGraph } = await import("../print/graph.ts");
        out(printGraph(found, session.terminal.style));
      }
    });

  graph
    .command("diff")
    .description("compare the app with what it was: added, removed, changed, newly unprotected")
    .argument("<before>", "a git ref (main, v1.2.0, HEAD~3), or a file that graph -o wrote")
    .argument("[after]", "the same; without it, the files as they are now")
    .option("--json", "as JSON")
    .addOption(
      new Option("--allow <kind...>", "what does not count for the exit code").choices(["changes", "unprotected"]),
    )
    .addHelpText("after", DIFF_CODES)
    .action(
      async (
        before: string,
        after: string | undefined,
        options: { readonly json?: true; readonly allow?: readonly Kind[] },
        command: Command,
      ) => {
        const config = await configOf(command, session);
        // The parent has an option of the same name, and takes it wherever it stands.
        const json = options.json ?? command.parent?.opts()["json"] === true;
        const { readGraph, readGraphOf } = await import("../graph/read-graph.ts");
        const { diffGraphs } = await import("../graph/diff.ts");
        const { exitCodeOf, printDiff } = await import("../print/diff.ts");
        const old = await readGraphOf(before, config);
        const now = await (after === undefined ? readGraph(config) : readGraphOf(after, config));
        const diff = diffGraphs(old, now);
        out(json ? JSON.stringify(diff, null, 2) : printDiff(diff, session.terminal.style));
        session.code = exitCodeOf(diff, options.allow ?? []);
      },
    );
}

const DIFF_CODES = `
Exit codes:
  0  nothing differs, or routes were only added
  1  routes changed or were removed
  2  routes are no longer protected, or new ones came without a policy
  3  a graph could not be read`;

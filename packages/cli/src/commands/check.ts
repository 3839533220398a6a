import type { Command } from "commander";
import { EXIT } from "../exit.ts";
import { configOf, type Session } from "./command.ts";

interface Options {
  readonly fix?: true;
  readonly inherited?: true;
  readonly json?: true;
}

export function addCheck(program: Command, session: Session): void {
  program
    .command("check")
    .description("find everything that is wrong with the app, without starting it")
    .option("--fix", "write generated files that are stale")
    .option("--inherited", "show what each route inherits, and from which _use file")
    .option("--json", "as JSON")
    .addHelpText("after", "\nExits with 1 if there are findings.")
    .action(async (options: Options, command: Command) => {
      const config = await configOf(command, session);
      const { checkProject } = await import("../check/check-project.ts");
      const { placed } = await import("../print/diagnostics.ts");
      const { printCheck } = await import("../print/check.ts");
      const report = await checkProject(config, { fix: options.fix === true, inherited: options.inherited === true });
      const { out, style } = session.terminal;
      if (options.json) {
        const findings = report.findings.map((finding) => placed(finding, config.root));
        out(JSON.stringify({ ...report, findings }, null, 2));
      } else out(printCheck(report, config.root, style));
      session.code = report.findings.length === 0 ? EXIT.fine : EXIT.found;
    });
}

import type { Command } from "commander";
import { configOf, type Session } from "./command.ts";

interface Options {
  readonly from?: string;
  readonly output?: string;
  readonly force?: boolean;
}

export function addTest(program: Command, session: Session): void {
  program
    .command("test")
    .description("make a vitest file of requests that the playground saved")
    .requiredOption("--from <file>", "the file that the playground saved")
    .option("-o, --output <file>", "where the test is written; default: test/FILE.test.ts")
    .option("-f, --force", "overwrite what is there")
    .action(async ({ from = "", output, force = false }: Options, command: Command) => {
      const config = await configOf(command, session);
      const { readRecording } = await import("../recorded/recording.ts");
      const { credentialNames, testOf } = await import("../recorded/write-test.ts");
      const { exportOf, placeOfTest } = await import("../recorded/place.ts");
      const { writeFiles } = await import("../new/files.ts");
      const recording = await readRecording(config.root, from);
      const place = placeOfTest(from, output);
      const text = testOf(recording, { place, app: config.app, exported: await exportOf(config) });
      await writeFiles(config.root, new Map([[place, text]]), { force, dryRun: false });
      const { out, style } = session.terminal;
      const count = recording.requests.length;
      out(`${style.green("wrote")} ${place} with ${count} ${count === 1 ? "request" : "requests"}`);
      for (const name of credentialNames(recording))
        out(style.dim(`Its requests need ${name}: say it in the environment.`));
    });
}

import { readFileSync } from "node:fs";
import { Command, CommanderError, Option } from "commander";
import { answered, NothingMade } from "./ask.ts";
import { CreateError } from "./create-error.ts";
import { createProject } from "./create-project.ts";
import { PACKAGE_MANAGERS, type PackageManager, runningPackageManager } from "./package-manager.ts";
import { asJson, failureText, nextSteps, stepText, templateTable } from "./print.ts";

interface Flags {
  readonly template?: string;
  readonly name?: string;
  readonly packageManager?: PackageManager;
  readonly install: boolean;
  readonly git: boolean;
  readonly force?: true;
  readonly yes?: true;
  readonly json?: true;
}

/** What a shell gives for a command that Ctrl+C ended. */
const STOPPED = 130;

/**
 * Runs `create-openspeed` and gives its exit code: 0, 1 for what went wrong, 130 for what a person stopped.
 *
 * @example
 * process.exitCode = await main(["desk", "--template", "pages"]);
 */
export async function main(args: readonly string[]): Promise<number> {
  const program = programFor();
  try {
    program.parse(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    throw error;
  }
  const flags: Flags = program.opts();
  try {
    return await make(program.args[0], flags);
  } catch (error) {
    if (error instanceof NothingMade) return STOPPED;
    if (!(error instanceof CreateError)) throw error;
    if (flags.json) print(asJson({ diagnostics: error.diagnostics }));
    else console.error(failureText(error));
    return 1;
  }
}

function programFor(): Command {
  return new Command("create-openspeed")
    .description("Makes a new OpenSpeed project.")
    .version(ownVersion(), "-v, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .usage("[folder] [options]")
    .argument("[folder]", "where the project will be; . is here")
    .option("-t, --template <name>", "what to begin with; see below")
    .option("--name <name>", "the package's name (default: made of the folder's)")
    .addOption(
      new Option("-p, --package-manager <name>", "what installs (default: the one that runs this)").choices(
        PACKAGE_MANAGERS,
      ),
    )
    .option("--no-install", "install nothing")
    .option("--no-git", "begin no Git repository")
    .option("-f, --force", "write into a folder that is not empty")
    .option("-y, --yes", "ask nothing, take the defaults")
    .option("--json", "print what was made as JSON; asks nothing")
    .addHelpText(
      "after",
      () => `\nTemplates:\n${templateTable()}\n\nExample: npm create openspeed@latest desk -- --template pages`,
    )
    .allowExcessArguments(false)
    .showHelpAfterError("(--help shows every option)")
    .exitOverride();
}

async function make(folder: string | undefined, flags: Flags): Promise<number> {
  const { json = false, yes = false } = flags;
  const interactive = !yes && !json && process.stdin.isTTY && process.stdout.isTTY && !process.env["CI"];
  const manager = flags.packageManager ?? runningPackageManager(process.env["npm_config_user_agent"]);
  const { git, install, name, force = false } = flags;
  const wanted = interactive
    ? await answered({ folder, name, template: flags.template, force })
    : { folder: folder ?? (yes && name === undefined ? "openspeed-app" : undefined), template: flags.template };

  const project = await createProject({
    template: wanted.template,
    force,
    git,
    install: install ? manager : undefined,
    ...(wanted.folder === undefined ? {} : { folder: wanted.folder }),
    ...(name === undefined ? {} : { name }),
    onStep: (step) => {
      if (!json) print(stepText(step, manager));
    },
  });
  const { installFault } = project;
  if (json) {
    const { installFault: _, ...made } = project;
    print(asJson({ ...made, packageManager: manager, diagnostics: installFault?.diagnostics ?? [] }));
  } else {
    if (installFault !== undefined) console.error(failureText(installFault));
    print(nextSteps(project, manager));
  }
  if (installFault === undefined) return 0;
  return installFault.diagnostics[0]?.code === "OS_INSTALL_STOPPED" ? STOPPED : 1;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function ownVersion(): string {
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  return manifest.version;
}

import { type Command, InvalidArgumentError } from "commander";
import type { Config } from "../config.ts";
import { Fault } from "../fault.ts";
import type { Files } from "../new/files.ts";
import { type Method, METHODS } from "../new/route.ts";
import { configOf, rootOf, type Session } from "./command.ts";

interface Options {
  readonly force?: true;
  readonly dryRun?: true;
}

interface Kind<O extends Options> {
  readonly name: string;
  readonly argument: string;
  readonly description: string;
  /** For the error that says what is missing. */
  readonly example: string;
  readonly question: string;
  readonly files: (name: string, options: O, config: Config) => Promise<Files>;
  /** What is still to be done by hand. */
  readonly hint?: (options: O) => string | undefined;
}

export function addNew(program: Command, session: Session): void {
  const parent = program.command("new").description("make a project, route, page, plugin or package");

  parent
    .command("project")
    .argument("[arguments...]", "the folder, and every option of create-openspeed")
    .description("make a new project: the same as npm create openspeed@latest")
    .allowUnknownOption()
    .addHelpText("after", CREATOR)
    .action(async (_: readonly string[], _options: object, command: Command) => {
      session.root = rootOf(command);
      const { newProject } = await import("../new/project.ts");
      session.code = await newProject(command.args, session.root);
    });

  add<Options & { readonly method: readonly Method[]; readonly public?: true }>({
    name: "route",
    argument: "[path]",
    description: "make a route file: openspeed new route '/users/[id]' --method get,patch",
    example: "'/users/[id]' --method get,patch",
    question: "At which path?",
    files: async (path, options, config) => {
      const { newRoute } = await import("../new/route.ts");
      const { paramsOf } = await import("../new/params-of.ts");
      return newRoute({
        path,
        methods: options.method,
        routes: config.routes,
        params: paramsOf(config),
        publicAccess: options.public === true,
      });
    },
    hint: whoMayCall,
  })
    .option("-m, --method <names>", "its methods, with commas between", methodsFrom, ["GET"])
    .option("--public", "let anyone call it");

  add<Options & { readonly public?: true }>({
    name: "page",
    argument: "[path]",
    description: "make a page with a loader: openspeed new page /tickets",
    example: "/tickets",
    question: "At which path?",
    files: async (path, options, { routes }) => {
      const { newPage } = await import("../new/page.ts");
      return newPage({ path, routes, publicAccess: options.public === true });
    },
    hint: whoMayCall,
  }).option("--public", "let anyone see it");

  add<Options>({
    name: "plugin",
    argument: "[name]",
    description: "make a plugin in src/plugins",
    example: "audit",
    question: "How is the plugin called?",
    files: async (name) => (await import("../new/plugin.ts")).newPlugin(name),
    hint: () => "Add it to createApp({ plugins: [ … ] }).",
  });

  add<Options>({
    name: "package",
    argument: "[name]",
    description: "make a package: source, test, README",
    example: "@acme/billing",
    question: "How is the package called?",
    files: async (name, _, config) => {
      const { newPackage } = await import("../new/package.ts");
      const { rangesOf } = await import("../new/ranges-of.ts");
      return newPackage({ name, ...rangesOf(config.root) });
    },
  });

  function add<O extends Options>(kind: Kind<O>): Command {
    return parent
      .command(kind.name)
      .argument(kind.argument, "its path or name")
      .description(kind.description)
      .option("-f, --force", "overwrite what is there")
      .option("-n, --dry-run", "say what would be made, and make nothing")
      .action(async (name: string | undefined, options: O, command: Command) => {
        const config = await configOf(command, session);
        const asked = name ?? (await ask(session, command, kind.question, kind.example));
        await make(await kind.files(asked, options, config), options, config, session);
        const hint = kind.hint?.(options);
        if (hint !== undefined && options.dryRun !== true) session.terminal.out(session.terminal.style.dim(hint));
      });
  }
}

const CREATOR = `
Without arguments it asks. Its options: --template NAME, --name NAME, --package-manager NAME, --no-install, --no-git,
--force, --yes, --json`;

function whoMayCall(options: { readonly public?: true }): string | undefined {
  return options.public
    ? undefined
    : "Who may call it is what the _use files above it say; openspeed check tells if nobody does.";
}

async function make(files: Files, { force, dryRun }: Options, config: Config, { terminal }: Session): Promise<void> {
  const { writeFiles } = await import("../new/files.ts");
  const { out, style } = terminal;
  await writeFiles(config.root, files, { force: force === true, dryRun: dryRun === true });
  for (const [file, text] of files) {
    out(dryRun ? `${style.yellow("would write")} ${file}` : `${style.green("wrote")} ${file}`);
    if (dryRun) out(text.trimEnd().replaceAll(/^/gm, "  "));
  }
  if (dryRun) return;
  const { openGenerated } = await import("../generated.ts");
  const written = (await (await openGenerated(config))?.write()) ?? [];
  for (const file of written) out(`${style.green("wrote")} ${file}`);
}

/** @throws Fault where nobody is there to be asked */
async function ask({ terminal }: Session, command: Command, question: string, example: string): Promise<string> {
  if (!terminal.interactive) {
    throw new Fault({
      code: "OS_MISSING_ARGUMENT",
      message: `It is not said what to make: ${question}`,
      where: `openspeed new ${command.name()}`,
      mend: `Write openspeed new ${command.name()} ${example}`,
    });
  }
  const { isCancel, text } = await import("@clack/prompts");
  const answer = await text({
    message: question,
    placeholder: example,
    validate: (value) => (value === undefined || value.trim() === "" ? "Give it a name." : undefined),
  });
  if (!isCancel(answer)) return answer.trim();
  throw new Fault({
    code: "OS_CANCELLED",
    message: "Nothing was made.",
    where: `openspeed new ${command.name()}`,
    mend: "Run it again when you know.",
  });
}

function methodsFrom(text: string): readonly Method[] {
  const names = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((name) => name.toUpperCase());
  const unknown = names.find((name) => !METHODS.some((method) => method === name));
  if (unknown !== undefined || names.length === 0) {
    throw new InvalidArgumentError(`${unknown ?? "Nothing"} is no method. Known: ${METHODS.join(", ")}.`);
  }
  return METHODS.filter((method) => names.includes(method));
}

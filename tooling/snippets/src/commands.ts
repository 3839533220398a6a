import type { Fault, Project } from "./project.ts";

/** What the commands of `sh` blocks may name. */
export interface Known {
  /** Packages that a reader can install. */
  readonly packages: ReadonlySet<string>;
  readonly scripts: ReadonlySet<string>;
  /** Commands of `openspeed`. */
  readonly commands: ReadonlySet<string>;
}

/** Looks whether what `sh` blocks name exists. They are not run: they install, or run the whole workspace. */
export function commandFaults(project: Project, known: Known): readonly Fault[] {
  return project.commands.flatMap((block) =>
    block.text.split("\n").flatMap((line, index) => {
      const fault = commandFault(line.replace(/(^|\s)#.*$/, "").trim(), known);
      return fault === undefined ? [] : [`${project.document}:${block.line + index}: ${fault}`];
    }),
  );
}

function commandFault(line: string, known: Known): string | undefined {
  const [program, verb = "", ...rest] = line.split(/\s+/);
  const words = rest.filter((word) => !word.startsWith("-"));
  if (program === "" || program === "cd") return undefined;
  if (program === "npm" && verb === "install")
    return words.flatMap((name) => missing("package", withoutVersion(name), known.packages))[0];
  if (program === "npm" && (verb === "create" || verb === "init")) {
    return missing("package", `create-${withoutVersion(words[0] ?? "")}`, known.packages)[0];
  }
  if (program === "npm" && verb === "run") return missing("script", words[0] ?? "", known.scripts)[0];
  if (program === "npm" && ["start", "test"].includes(verb)) return missing("script", verb, known.scripts)[0];
  if (program === "npx" && verb === "openspeed") return missingCommand(rest[0] ?? "", known);
  if (program === "openspeed") return missingCommand(verb, known);
  return `"${program}" is not checked in an sh block; write it as a console block, with a $ and what it prints`;
}

function missingCommand(name: string, known: Known): string | undefined {
  return name.startsWith("-") ? undefined : missing("command", name, known.commands)[0];
}

function missing(kind: string, name: string, known: ReadonlySet<string>): readonly string[] {
  return known.has(name) ? [] : [`there is no ${kind} "${name}"`];
}

function withoutVersion(name: string): string {
  return name.replace(/(?<=.)@[^/]*$/, "");
}

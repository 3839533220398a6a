import pc from "picocolors";
import type { CreateError } from "./create-error.ts";
import type { CreatedProject } from "./create-project.ts";
import { type PackageManager, scriptCommand } from "./package-manager.ts";
import { TEMPLATES } from "./templates.ts";

export function stepText(step: "write" | "git" | "install", manager: PackageManager): string {
  if (step === "write") return pc.dim("Writing files …");
  if (step === "git") return pc.dim("Beginning a Git repository …");
  return pc.dim(`Installing with ${manager}, which takes a moment …`);
}

/** What to type next. */
export function nextSteps(project: CreatedProject, manager: PackageManager): string {
  const { name, place, template, installed } = project;
  const steps = [
    ...(place === "." ? [] : [[`cd ${quoted(place)}`, ""]]),
    ...(installed ? [] : [[`${manager} install`, ""]]),
    [scriptCommand(manager, "dev"), "serves it, and takes up every change"],
    [scriptCommand(manager, "test"), "runs its tests"],
    [scriptCommand(manager, "check"), "finds what is wrong before a request does"],
  ];
  const width = Math.max(...steps.map(([command = ""]) => command.length));
  const lines = steps.map(([command = "", why = ""]) =>
    `  ${pc.cyan(command.padEnd(width))}  ${pc.dim(why)}`.trimEnd(),
  );
  return `\n${pc.green("Made")} ${pc.bold(name)} from the template ${template}.\n\n${lines.join("\n")}\n`;
}

export function failureText({ diagnostics }: CreateError): string {
  const colours = pc.createColors(process.stderr.isTTY ? pc.isColorSupported : false);
  return diagnostics
    .map(({ code, where, message, mend }) =>
      [
        `${colours.red("error")} ${colours.bold(where)} ${colours.dim(code)}`,
        `  ${message}`,
        `  ${colours.cyan(mend)}`,
      ].join("\n"),
    )
    .join("\n\n");
}

export function templateTable(): string {
  const width = Math.max(...TEMPLATES.map(({ name }) => name.length));
  return TEMPLATES.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`).join("\n");
}

export function asJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function quoted(path: string): string {
  return /^[\w./~@-]+$/.test(path) ? path : JSON.stringify(path);
}

import { basename } from "node:path";
import { CreateError } from "./create-error.ts";

/** The rules of npm's package.json for `name`, and the two names that npm keeps for itself. */
const VALID = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;
const KEPT: readonly string[] = ["node_modules", "favicon.ico"];

/** Why npm would refuse a package's name; `undefined` if it would not. */
export function nameFault(name: string): string | undefined {
  if (name === "") return "It is empty.";
  if (name.length > 214) return "It is longer than 214 characters.";
  if (KEPT.includes(name)) return "npm keeps it for itself.";
  if (/[A-Z]/.test(name)) return "It has capital letters.";
  if (/^[._]/.test(name)) return `It begins with ${JSON.stringify(name.charAt(0))}.`;
  return VALID.test(name) ? undefined : "It has characters other than a-z, 0-9, - . _ and ~.";
}

/** @throws CreateError `OS_PROJECT_NAME` */
export function checkName(name: string): string {
  const fault = nameFault(name);
  if (fault === undefined) return name;
  const better = validName(name);
  throw new CreateError({
    code: "OS_PROJECT_NAME",
    message: `${JSON.stringify(name)} is no name for a package. ${fault}`,
    where: "--name",
    mend: better === undefined ? "Give another, such as desk." : `Call it ${better}, for instance.`,
  });
}

/**
 * A package's name for a folder: `My Desk` → `my-desk`.
 *
 * @throws CreateError `OS_PROJECT_NAME` where nothing of it could stay
 */
export function nameOf(folder: string): string {
  const name = validName(basename(folder));
  if (name !== undefined) return name;
  throw new CreateError({
    code: "OS_PROJECT_NAME",
    message: `No package's name can be made of ${JSON.stringify(basename(folder))}.`,
    where: folder,
    mend: "Say how the project is called: --name desk.",
  });
}

function validName(text: string): string | undefined {
  const name = text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{Mark}/gu, "")
    .replaceAll(/[^a-z0-9~]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 214);
  return nameFault(name) === undefined ? name : undefined;
}

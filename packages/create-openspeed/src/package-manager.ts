export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

export const PACKAGE_MANAGERS: readonly PackageManager[] = ["npm", "pnpm", "yarn", "bun"];

/** The one that started this process: each names itself first in `npm_config_user_agent`. */
export function runningPackageManager(userAgent: string | undefined): PackageManager {
  return PACKAGE_MANAGERS.find((name) => userAgent?.startsWith(`${name}/`)) ?? "npm";
}

/** Arguments that install without talk of funding and audits. */
export function installArguments(manager: PackageManager): readonly string[] {
  return manager === "npm" ? ["install", "--no-audit", "--no-fund", "--loglevel=error"] : ["install"];
}

/** How a person types one of the project's scripts. */
export function scriptCommand(manager: PackageManager, script: string): string {
  if (script === "test" && manager !== "bun") return `${manager} test`;
  return manager === "npm" || manager === "bun" ? `${manager} run ${script}` : `${manager} ${script}`;
}

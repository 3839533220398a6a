import { existsSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic } from "@openspeed/core";
import type { UserConfig as ViteConfig } from "vite";
import type { UserConfig } from "./define-config.ts";
import { Fault } from "./fault.ts";
import { didYouMean } from "./nearest.ts";
import { thrownAt } from "./thrown-at.ts";

/** What a project says about itself, with its defaults. Paths are from `root`, with `/` between segments. */
export interface Config {
  /** The project's folder, absolute. */
  readonly root: string;
  /** The file that said so; `undefined` if there is none. */
  readonly file: string | undefined;
  readonly app: string;
  readonly routes: string;
  readonly matchers: string;
  readonly port: number;
  readonly host: string;
  readonly vite: ViteConfig;
}

const FILES = ["openspeed.config.ts", "openspeed.config.mts", "openspeed.config.js", "openspeed.config.mjs"];

/** What a value has to be: `undefined` if it is, else how to say it. */
type Rule = (value: unknown) => string | undefined;

const isPlace: Rule = (value) =>
  typeof value === "string" && value !== "" && !isAbsolute(value) && !value.split(/[\\/]/).includes("..")
    ? undefined
    : "a path inside the project's folder";

const RULES: { readonly [key in keyof Required<UserConfig>]: Rule } = {
  app: isPlace,
  routes: isPlace,
  matchers: isPlace,
  port: (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 65_535
      ? undefined
      : "a whole number from 0 to 65535",
  host: (value) =>
    typeof value === "string" && /^[^\s/]+$/.test(value) ? undefined : 'a host name or address, such as "localhost"',
  vite: (value) => (isPlain(value) ? undefined : "an object"),
};

/**
 * Reads `openspeed.config.ts` (or `.mts`, `.js`, `.mjs`) of a folder. Without one, everything has its default.
 *
 * @param version a text that is new each time, for reading a file that has changed
 * @throws Fault with everything that is wrong: file, line and mend
 */
export async function loadConfig(root: string, version?: string): Promise<Config> {
  const folder = resolve(root);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new Fault({
      code: "OS_NO_FOLDER",
      message: "There is no such folder.",
      where: folder,
      mend: "Give --cwd the folder of a project.",
    });
  }
  const [file, second] = FILES.filter((name) => existsSync(join(folder, name)));
  if (file === undefined) return withDefaults(folder, undefined, {});
  if (second !== undefined) {
    throw new Fault({
      code: "OS_CONFIG_TWICE",
      message: `${file} already configures this project.`,
      where: second,
      mend: "Keep one of the two.",
    });
  }
  return withDefaults(folder, file, await read(folder, file, version));
}

async function read(root: string, file: string, version?: string): Promise<UserConfig> {
  let module: { readonly default?: unknown };
  try {
    const { href } = pathToFileURL(join(root, file));
    module = await import(version === undefined ? href : `${href}?v=${version}`);
  } catch (error) {
    const { message, where } = thrownAt(error, root, file);
    throw new Fault({
      code: "OS_CONFIG_UNREADABLE",
      message: `The configuration cannot be loaded: ${message}`,
      where,
      mend: "Mend the file; its default export is the configuration.",
    });
  }
  const config = module.default;
  if (!isPlain(config)) {
    throw new Fault({
      code: "OS_CONFIG_EXPORT",
      message: "Its default export is no configuration.",
      where: file,
      mend: "Write export default defineConfig({ … }).",
    });
  }
  const faults = faultsOf(config, file, readFileSync(join(root, file), "utf8"));
  if (faults.length > 0) throw new Fault(...faults);
  return config;
}

function faultsOf(config: Readonly<Record<string, unknown>>, file: string, source: string): readonly Diagnostic[] {
  const known = Object.keys(RULES);
  return Object.entries(config).flatMap(([key, value]): Diagnostic[] => {
    const where = placeOf(key, file, source);
    if (!isKnown(key)) {
      return [
        {
          code: "OS_CONFIG_KEY",
          message: `There is no option named ${key}.${didYouMean(key, known)}`,
          where,
          mend: `Take it out, or name it as one of: ${known.join(", ")}.`,
        },
      ];
    }
    const wanted = value === undefined ? undefined : RULES[key](value);
    return wanted === undefined
      ? []
      : [
          {
            code: "OS_CONFIG_VALUE",
            message: `${key} is ${inWords(value)}.`,
            where,
            mend: `Give it ${wanted}.`,
          },
        ];
  });
}

/** The line on which an option probably stands: a hint for people, found in the text. */
function placeOf(key: string, file: string, source: string): string {
  const word = new RegExp(`(?<=^|[\\s,{])["']?${key.replaceAll(/\W/g, "\\$&")}["']?\\s*[:,}(]`);
  for (const [index, line] of source.split("\n").entries()) {
    const match = word.exec(line);
    if (match !== null) return `${file}:${index + 1}:${match.index + 1}`;
  }
  return file;
}

function withDefaults(root: string, file: string | undefined, config: UserConfig): Config {
  return {
    root,
    file,
    app: slashed(config.app ?? (existsSync(join(root, "src/app.js")) ? firstOf(root) : "src/app.ts")),
    routes: slashed(config.routes ?? "routes"),
    matchers: slashed(config.matchers ?? "matchers"),
    port: config.port ?? 3000,
    host: config.host ?? "localhost",
    vite: config.vite ?? {},
  };
}

/** A project in JavaScript has its app beside where TypeScript's would be. */
function firstOf(root: string): string {
  return existsSync(join(root, "src/app.ts")) ? "src/app.ts" : "src/app.js";
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/").replace(/^\.\//, "").replace(/\/+$/, "");
}

function inWords(value: unknown): string {
  return typeof value === "function" ? "a function" : (JSON.stringify(value) ?? String(value));
}

function isKnown(key: string): key is keyof UserConfig {
  return Object.hasOwn(RULES, key);
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { upgrade } from "@scalar/openapi-upgrader";
import { GenerateError } from "../fault.ts";
import { isRecord, type Json, listOf } from "../record.ts";
import { parse, placeOf } from "./parse.ts";

/** A document and every file that it refers to, by address. */
export interface Source {
  /** The address of the document itself. */
  readonly root: string;
  readonly files: ReadonlyMap<string, Json>;
  /** `file:line:column` of a member. */
  readonly place: (address: string, path: readonly string[]) => string;
}

export interface ReadOptions {
  /** What relative names start from. Default: the process's folder. */
  readonly cwd?: string;
  /** In place of the platform's. */
  readonly fetch?: (url: string) => Promise<Response>;
}

/**
 * Reads an OpenAPI document: JSON or YAML, a file or a URL, with the files that its `$ref`s name. Swagger 2.0 and OpenAPI
 * 3.0 come out as 3.1.
 *
 * A document from the network may only refer to its own origin: it must not read files of this machine.
 *
 * @throws GenerateError for what cannot be read, is neither JSON nor YAML, or is no OpenAPI document
 */
export async function readSource(spec: string, options: ReadOptions = {}): Promise<Source> {
  const cwd = options.cwd ?? process.cwd();
  const root = /^https?:\/\//.test(spec) ? new URL(spec).href : pathToFileURL(resolve(cwd, spec)).href;
  const texts = new Map<string, string>();
  const files = new Map<string, Json>();
  const nameOf = (address: string): string =>
    address.startsWith("file:") ? relative(cwd, fileURLToPath(address)) : address;

  const queue = [root];
  for (const address of queue) {
    const text = await load(address, nameOf(address), options);
    texts.set(address, text);
    const value = parse(text, nameOf(address));
    if (!isRecord(value)) throw noDocument(nameOf(address));
    const found = address === root ? asThreeOne(value, nameOf(root)) : value;
    files.set(address, found);
    for (const other of addressesIn(found, address)) {
      if (queue.includes(other)) continue;
      if (root.startsWith("http") && new URL(other).origin !== new URL(root).origin) throw elsewhere(root, other);
      queue.push(other);
    }
  }
  return { root, files, place: (address, path) => placeOf(texts.get(address) ?? "", nameOf(address), path) };
}

/** A document that is there already, such as one that was just made. */
export function sourceOf(document: Json, name = "openapi.json"): Source {
  return {
    root: name,
    files: new Map([[name, asThreeOne(document, name)]]),
    place: (_, path) => [name, ...path].join("/"),
  };
}

async function load(address: string, name: string, options: ReadOptions): Promise<string> {
  try {
    if (address.startsWith("file:")) return await readFile(new URL(address), "utf8");
    const response = await (options.fetch ?? fetch)(address);
    if (response.ok) return await response.text();
    throw new Error(`the server answered ${response.status}`);
  } catch (error) {
    throw new GenerateError({
      code: "OS_SPEC_UNREADABLE",
      message: `It cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      where: name,
      mend: "Name a file or a URL that can be read.",
    });
  }
}

function asThreeOne(value: Json, name: string): Json {
  const version = value["openapi"] ?? value["swagger"];
  if (typeof version !== "string" || !/^(?:2\.0|3\.[012])/.test(version)) throw noDocument(name);
  if (/^3\.[12]/.test(version)) return value;
  const upgraded: unknown = upgrade(structuredClone(value), "3.1");
  return isRecord(upgraded) ? upgraded : value;
}

/** What `$ref`s name besides their own file; of mappings and examples nobody expects that. */
function addressesIn(value: unknown, base: string): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (each: unknown): void => {
    if (Array.isArray(each)) each.forEach(walk);
    if (!isRecord(each)) return;
    const ref = each["$ref"];
    if (typeof ref === "string" && !ref.startsWith("#")) {
      const url = new URL(ref, base);
      url.hash = "";
      found.add(url.href);
    }
    for (const [key, member] of Object.entries(each)) if (key !== "example" && key !== "examples") walk(member);
  };
  walk(value);
  found.delete(base);
  return found;
}

function noDocument(name: string): GenerateError {
  return new GenerateError({
    code: "OS_SPEC_UNKNOWN",
    message: "It is no OpenAPI document: it does not begin with openapi: 3.0 or 3.1.",
    where: name,
    mend: 'Give it "openapi": "3.1.0", "info" and "paths".',
  });
}

function elsewhere(root: string, other: string): GenerateError {
  return new GenerateError({
    code: "OS_SPEC_ELSEWHERE",
    message: `It refers to ${other}, which is not of its origin.`,
    where: root,
    mend: "Download both, and name the file.",
  });
}

/** The members that a JSON Pointer in a URI fragment names (RFC 6901 §6). */
export function pathOf(fragment: string): readonly string[] {
  return decodeURIComponent(fragment.replace(/^#/, ""))
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

export function valueAt(value: unknown, path: readonly string[]): unknown {
  let at: unknown = value;
  for (const key of path) {
    if (Array.isArray(at)) at = listOf(at)[Number(key)];
    else at = isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

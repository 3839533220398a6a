/** Two validators that know nothing of each other, nor of us. */
import { type OutputUnit, type Output } from "@hyperjump/json-schema";
import { validate as validate31 } from "@hyperjump/json-schema/openapi-3-1";
import { validate as validate32 } from "@hyperjump/json-schema/openapi-3-2";
import { compileErrors, validate as parse } from "@readme/openapi-parser";
import type { OpenApiDocument } from "../src/index.ts";

/** By the official schema of its edition, which includes the dialect of its schemas. */
export async function officialFaults(document: OpenApiDocument): Promise<readonly string[]> {
  const json = JSON.parse(JSON.stringify(document));
  const output: Output = document.openapi.startsWith("3.1")
    ? await validate31("https://spec.openapis.org/oas/3.1/schema-base", json, "BASIC")
    : await validate32("https://spec.openapis.org/oas/3.2/schema-base", json, "BASIC");
  if (output.valid) return [];
  return ((output as OutputUnit & { errors?: OutputUnit[] }).errors ?? []).map(
    ({ instanceLocation, absoluteKeywordLocation }) => `${instanceLocation}: ${absoluteKeywordLocation}`,
  );
}

/** By readme's parser, which follows every reference and looks for what a schema cannot see. */
export async function parserFaults(document: OpenApiDocument): Promise<readonly string[]> {
  const result = await parse(JSON.parse(JSON.stringify(document)));
  return result.valid && result.warnings.length === 0 ? [] : [compileErrors(result)];
}

/**
 * Where a document that a parser followed all references of differs from the document itself. Both are walked together; what
 * comes round is looked at once.
 */
export async function lostBy(
  follow: (json: never, options: object) => Promise<object>,
  document: OpenApiDocument,
): Promise<readonly string[]> {
  const json: unknown = JSON.parse(JSON.stringify(document));
  const whole = await follow(structuredClone(json) as never, { dereference: { circular: "ignore" } });
  const lost: string[] = [];
  const seen = new Set<unknown>();
  const behind = (value: unknown, root: unknown): unknown => {
    const reference: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "$ref") : undefined;
    if (typeof reference !== "string") return value;
    return reference
      .slice(2)
      .split("/")
      .reduce<unknown>((found, part) => Reflect.get(found as object, decodeURIComponent(part)), root);
  };
  const walk = (a: unknown, b: unknown, place: string): void => {
    const [mine, theirs] = [behind(a, json), behind(b, whole)];
    if (typeof mine !== "object" || mine === null) {
      if (mine !== theirs) lost.push(place);
      return;
    }
    if (mine !== a && seen.has(mine)) return;
    seen.add(mine);
    if (typeof theirs !== "object" || theirs === null) return void lost.push(place);
    for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
      const both = Object.hasOwn(mine, key) && Object.hasOwn(theirs, key);
      if (both) walk(Reflect.get(mine, key), Reflect.get(theirs, key), `${place}/${key}`);
      else lost.push(`${place}/${key}`);
    }
  };
  walk(json, whole, "#");
  return lost;
}

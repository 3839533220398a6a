import type { OpenApiDocument } from "../openapi-types.ts";
import type { Change, Effect } from "./change.ts";
import { compareOperations } from "./operations.ts";
import { operationsIn, resolver } from "./reading.ts";

/**
 * What changed between two OpenAPI documents, each change with what it means for callers.
 *
 * @example
 * const broken = diffDocuments(released, current).filter(({ effect }) => effect === "breaking");
 */
export function diffDocuments(before: OpenApiDocument, after: OpenApiDocument): readonly Change[] {
  const changes: Change[] = [];
  const resolve = { before: resolver(before), after: resolver(after) };
  const [was, is] = [operationsIn(before), operationsIn(after)];
  const adder =
    (operation: string) =>
    (effect: Effect, place: string, message: string): void =>
      void changes.push({ effect, operation, place, message });
  compareWhole(before, after, adder("document"));
  for (const key of [...new Set([...was.keys(), ...is.keys()])].sort()) {
    const [old, now] = [was.get(key), is.get(key)];
    const add = adder((now ?? old)?.name ?? key);
    if (old === undefined) add("additive", "", "It is new.");
    else if (now === undefined) add("breaking", "", "It is gone.");
    else compareOperations(old, now, resolve, add);
  }
  return changes;
}

/** What is said about no operation in particular. */
function compareWhole(
  before: OpenApiDocument,
  after: OpenApiDocument,
  add: (effect: Effect, place: string, message: string) => void,
): void {
  const { version: wasVersion, ...wasInfo } = before.info;
  const { version: isVersion, ...isInfo } = after.info;
  if (wasVersion !== isVersion) add("documentation", "version", `It changed from ${wasVersion} to ${isVersion}.`);
  if (text([wasInfo, before.tags, before.externalDocs]) !== text([isInfo, after.tags, after.externalDocs]))
    add("documentation", "", "Its title, description, contact, license or tags changed.");
  const urls = ({ servers = [] }: OpenApiDocument): readonly string[] => servers.map(({ url }) => url);
  for (const url of urls(before)) if (!urls(after).includes(url)) add("breaking", "servers", `${url} is gone.`);
  for (const url of urls(after)) if (!urls(before).includes(url)) add("additive", "servers", `${url} is new.`);
  const [schemes, nowSchemes] = [before.components?.securitySchemes ?? {}, after.components?.securitySchemes ?? {}];
  for (const [name, scheme] of Object.entries(schemes)) {
    const now = nowSchemes[name];
    // One that is gone is missed by the operations that asked for it, and they say so.
    if (now !== undefined && text(now) !== text(scheme))
      add("breaking", `security ${name}`, "How callers prove who they are changed.");
  }
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? "";
}

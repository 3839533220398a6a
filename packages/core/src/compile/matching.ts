/** The matchers of a path as one schema, for routes that take what they give. */
import { isPromise } from "../boundary.ts";
import type { Matched } from "../matched.ts";
import type { AnyShape, Route } from "../route.ts";
import { type Issue, type JsonSchema, jsonSchemaOf, type Schema, type Side, type Validated } from "../schema.ts";
import type { Mount } from "../mount.ts";
import type { Accepts } from "./matcher.ts";
import type { Matching, MountedRoute } from "./table.ts";

type Mounted = Pick<MountedRoute, "mount" | "params" | "path">;
type Texts = Readonly<Record<string, string | undefined>>;

/** The route as it is at this place: `matched()` becomes the schema of the path's matchers. */
export function placeRoute(route: Route, mounted: Mounted): Route {
  const params: Partial<Matched> | undefined = route.shape.params;
  return params?.matched ? { ...route, shape: { ...route.shape, params: paramsSchema(mounted) } } : route;
}

/** What the graph tells of a route's params: its own schema, or else what the path's matchers say. */
export function describedParams(shape: AnyShape, mounted: Mounted): Schema | undefined {
  return shape.params ?? (mounted.mount.matchers && paramsSchema(mounted));
}

function paramsSchema({ mount: { matchers = {} }, params, path }: Mounted): Schema {
  const segments = path.split("/");
  const optional = params.filter((name) => segments.includes(`:${name}?`));
  const described = (side: Side): JsonSchema => ({
    type: "object",
    properties: Object.fromEntries(
      params.map((name) => {
        const matcher = matchers[name];
        return [name, matcher === undefined ? { type: "string" } : (jsonSchemaOf(matcher, side) ?? {})];
      }),
    ),
    required: params.filter((name) => !optional.includes(name)),
  });
  const standard = {
    version: 1,
    vendor: "openspeed",
    jsonSchema: { input: () => described("input"), output: () => described("output") },
    validate(given: unknown) {
      const values: Record<string, unknown> = { ...(given as Texts) };
      const issues: Issue[] = [];
      for (const [name, matcher] of Object.entries(matchers)) {
        if (values[name] === undefined) continue;
        const result = matcher["~standard"].validate(values[name]);
        if (isPromise(result)) throw new TypeError(`The matcher of ${name} is asynchronous.`);
        if (result.issues === undefined) values[name] = result.value;
        else issues.push(...result.issues.map(({ message }) => ({ message, path: [name] })));
      }
      return issues.length > 0 ? { issues } : { value: values };
    },
  } as const;
  return { "~standard": standard };
}

/** What the table needs to know of matchers. */
export function makeMatching(): Matching {
  const numbers = new Map<Schema, number>();
  const judged = new Map<Schema, Fault | undefined>();
  const judge = (matcher: Schema): Fault | undefined => {
    if (!judged.has(matcher)) judged.set(matcher, faultOf(matcher));
    return judged.get(matcher);
  };
  return ({ matchers = {} }) => ({
    accepts: acceptor(matchers),
    faults: Object.entries(matchers).flatMap(([param, matcher]) => {
      const why = judge(matcher);
      return why === undefined ? [] : [[param, why] as const];
    }),
    numberOf(param) {
      const matcher = matchers[param];
      if (matcher === undefined) return "";
      if (!numbers.has(matcher)) numbers.set(matcher, numbers.size);
      return String(numbers.get(matcher));
    },
  });
}

type Fault = "schema" | "throws" | "async";

/** Tried once on a text that any path may have: what fails there would be a path that is never found, and nobody told why. */
function faultOf(matcher: Partial<Schema> | undefined): Fault | undefined {
  const standard = matcher?.["~standard"];
  if (typeof standard?.validate !== "function") return "schema";
  const result = tried({ "~standard": standard }, "0");
  return typeof result === "string" ? result : undefined;
}

function tried(matcher: Schema, text: string): Validated<unknown> | Fault {
  try {
    const result = matcher["~standard"].validate(text);
    if (!isPromise(result)) return result;
    result.catch(() => undefined);
    return "async";
  } catch {
    return "throws";
  }
}

/** A matcher that throws or takes its time takes nothing: no request passes by it. */
function acceptor(matchers: NonNullable<Mount["matchers"]>): Accepts | undefined {
  const entries = Object.entries(matchers);
  if (entries.length === 0) return undefined;
  return (params) =>
    entries.every(([name, matcher]) => {
      const text = params[name];
      if (text === undefined) return true;
      const result = tried(matcher, text);
      return typeof result !== "string" && result.issues === undefined;
    });
}

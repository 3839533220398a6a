/** The matchers of a path as one schema, for routes that take what they give. */
import { isPromise } from "../boundary.ts";
import { isMatched } from "../matched.ts";
import type { AnyShape, Route } from "../route.ts";
import { type Issue, type JsonSchema, jsonSchemaOf, type Schema, type Side } from "../schema.ts";
import type { MountedRoute } from "./table.ts";

type Mounted = Pick<MountedRoute, "mount" | "params" | "path">;
type Texts = Readonly<Record<string, string | undefined>>;

/** The route as it is at this place: `matched()` becomes the schema of the path's matchers. */
export function placeRoute(route: Route, mounted: Mounted): Route {
  return isMatched(route.shape.params) ? { ...route, shape: { ...route.shape, params: paramsSchema(mounted) } } : route;
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

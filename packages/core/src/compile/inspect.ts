import { type Duration, parseDuration, parseSize, type Size } from "../limits.ts";
import { policy } from "../meta.ts";
import { inlineSchemaOf, propertiesOf } from "../schema.ts";
import type { Report } from "./diagnose.ts";
import type { MountedRoute } from "./table.ts";

/** Holds what a route says against the place where it is mounted, and against the app's rules. */
export function inspect(mounted: MountedRoute, strict: boolean, report: Report): void {
  checkParams(mounted, report);
  checkLimits(mounted, report);
  if (strict && mounted.method !== "404" && policy.all(mounted).length === 0)
    report("OS_UNPOLICED_ROUTE", mounted.mount, mounted.key);
}

function checkParams({ key, mount, route, params }: MountedRoute, report: Report): void {
  const schema = route?.shape.params && inlineSchemaOf(route.shape.params, "input");
  const properties = propertiesOf(schema);
  if (schema === undefined || properties === undefined) return;
  const declared = Object.keys(properties);
  const required = Array.isArray(schema["required"]) ? schema["required"].map(String) : [];
  const missing = required.filter((name) => !params.includes(name));
  const open = schema["additionalProperties"] !== undefined && schema["additionalProperties"] !== false;
  const unknown = open ? [] : params.filter((name) => !declared.includes(name));
  if (missing.length === 0 && unknown.length === 0) return;
  report("OS_PARAMS_MISMATCH", mount, key, missing.join(", "), unknown.join(", "));
}

function checkLimits({ mount, route }: MountedRoute, report: Report): void {
  const { body, handler, ...others } = route?.shape.limits ?? {};
  const check = (
    name: string,
    given: Size | Duration | undefined,
    amount: number | undefined,
    example: string,
  ): void => {
    if (given !== undefined && amount === undefined)
      report(
        "OS_INVALID_LIMIT",
        mount,
        name,
        typeof given === "string" ? JSON.stringify(given) : String(given),
        example,
      );
  };
  check("body", body, parseSize(body), '"64KiB"');
  check("handler", handler, parseDuration(handler), '"5s"');
  for (const name in others) report("OS_INVALID_LIMIT", mount, name, "", "", "route");
}

/** The targets by name. Each is imported when it is run, after the coverage has begun to count. */
import { type Check, checkOf } from "./target.ts";

const targets: Readonly<Record<string, () => Promise<Check>>> = {
  path: async () => checkOf((await import("./targets/path.ts")).path),
  query: async () => checkOf((await import("./targets/query.ts")).query),
  cookie: async () => checkOf((await import("./targets/cookie.ts")).cookie),
  json: async () => checkOf((await import("./targets/json.ts")).json),
  matcher: async () => checkOf((await import("./targets/matcher.ts")).matcher),
  accept: async () => checkOf((await import("./targets/accept.ts")).accept),
  conditional: async () => checkOf((await import("./targets/conditional.ts")).conditional),
  "media-type": async () => checkOf((await import("./targets/media-type.ts")).mediaType),
  serialize: async () => checkOf((await import("./targets/serialize.ts")).serialize),
  form: async () => checkOf((await import("./targets/form.ts")).form),
  multipart: async () => checkOf((await import("./targets/multipart.ts")).multipart),
  pattern: async () => checkOf((await import("./targets/pattern.ts")).pattern),
  request: async () => checkOf((await import("./targets/request.ts")).request),
  socket: async () => checkOf((await import("./targets/socket.ts")).socket),
  limits: async () => checkOf((await import("./targets/limits.ts")).limits),
};

export const targetNames: readonly string[] = Object.keys(targets);

export async function loadCheck(name: string): Promise<Check> {
  const load = targets[name];
  if (load === undefined) throw new RangeError(`There is no target ${name}.`);
  return load();
}

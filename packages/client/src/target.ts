/**
 * Method and target of a route's key. Params are encoded segment by segment, so that none can change which path is asked for.
 *
 * @throws TypeError for a key that is none, a param that is missing or empty, and dot segments, which every URL parser resolves
 */
export function targetOf(
  key: string,
  params: object | undefined,
  query: object | undefined,
): [method: string, target: string] {
  const [, method, pattern] = /^(\S+) (\/\S*)$/.exec(key) ?? [];
  if (!method || !pattern) throw new TypeError(`"${key}" is no route key. Write "GET /tickets/:id".`);
  const values = params as { readonly [name: string]: unknown } | undefined;
  const path = pattern.replace(/\/([:*])([\w-]+)(\??)/g, (_, mark: string, name: string, optional: string) => {
    const text = textOf(name, values?.[name] ?? "");
    if (text === "" && optional !== "") return "";
    const segments = mark === "*" ? text.split("/") : [text];
    if (text === "" || segments.some((segment) => /^\.\.?$/.test(segment)))
      throw new TypeError(`${key}: params.${name} is ${text === "" ? "missing" : "a dot segment"}.`);
    return `/${segments.map(encodeURIComponent).join("/")}`;
  });
  const search = new URLSearchParams(pairs(query)).toString();
  return [method, search === "" ? path : `${path}?${search}`];
}

/** Name and text, an array once for each item; what is undefined is left out. */
export function pairs(values: object | string | boolean | undefined): [name: string, text: string][] {
  return Object.entries(values ?? {}).flatMap(([name, value]: [string, unknown]) =>
    [value]
      .flat()
      .filter((item) => item !== undefined)
      .map((item): [string, string] => [name, textOf(name, item)]),
  );
}

function textOf(name: string, value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object") throw new TypeError(`"${name}" is an object, which has no text.`);
  return String(value);
}

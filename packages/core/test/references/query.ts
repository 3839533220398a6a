/** A query or form as the platform reads it: what tests and the fuzzer hold `readQuery` against. */

/** All values by name. Read by iteration: workerd's `get` does not find a name that held invalid UTF-8. */
export function fieldsByPlatform(search: string): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(`?${search}`)) fields.set(name, [...(fields.get(name) ?? []), value]);
  return fields;
}

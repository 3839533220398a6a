/**
 * The package conditions that this process was started with (`node --conditions=NAME`). Modules that Vite loads must be
 * resolved as the runtime resolves its own, or a package would be there twice.
 */
export function ownConditions(
  args: readonly string[] = process.execArgv,
  options: string = process.env["NODE_OPTIONS"] ?? "",
): readonly string[] {
  const words = [...args, ...options.split(/\s+/)];
  const named = words.flatMap((word, i) => {
    const joined = /^(?:--conditions|-C)=(.+)$/.exec(word)?.[1];
    if (joined !== undefined) return [joined];
    const next = words[i + 1];
    return (word === "--conditions" || word === "-C") && next !== undefined ? [next] : [];
  });
  return [...new Set(named)];
}

export type Runtime = "node" | "bun" | "deno";

/** The runtime of this process. */
export function ownRuntime(): Runtime {
  if (process.versions["bun"] !== undefined) return "bun";
  return process.versions["deno"] === undefined ? "node" : "deno";
}

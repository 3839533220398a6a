/** Who is measured; `bare` is the reference. Each has a file of its name in `subjects/`. */
export const subjects = ["bare", "openspeed", "fastify", "hono", "h3", "elysia", "express"] as const;

export const reference = "bare";

export function subjectFile(name: string): URL {
  return new URL(`./subjects/${name}.ts`, import.meta.url);
}

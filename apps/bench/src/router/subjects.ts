import type { Router } from "./router.ts";

/** Who is measured. Each has a file of its name in `subjects/`. */
export const subjects = ["openspeed", "rou3", "rou3-compiled", "find-my-way", "memoirist", "hono"] as const;

export async function loadSubject(name: string): Promise<() => Router> {
  const module = (await import(`./subjects/${name}.ts`)) as { createRouter: () => Router };
  return module.createRouter;
}

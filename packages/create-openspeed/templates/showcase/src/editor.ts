import { createHash, timingSafeEqual } from "node:crypto";
import { policy, problem, provide } from "@openspeed/core";
import { config } from "./config.ts";

/**
 * A guard: routes that use it are reached by editors alone. Its problem is told to clients, and its policy shows up in
 * `openspeed routes`.
 */
export const editor = provide(
  "editor",
  {
    use: [config],
    problems: { notAnEditor: problem(401, "Only editors may do this") },
    meta: [policy({ kind: "editor" })],
  },
  ({ config, header, fail }) => {
    const [, token] = /^Bearer (\S+)$/.exec(header("authorization") ?? "") ?? [];
    if (token === undefined || config.EDITOR_TOKEN === undefined) return fail.notAnEditor();
    return same(token, config.EDITOR_TOKEN) ? { name: "editor" } : fail.notAnEditor();
  },
);

/** In the same time, however much of it is right. */
function same(a: string, b: string): boolean {
  const hash = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}

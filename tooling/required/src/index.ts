const named = new Set((process.env["OPENSPEED_REQUIRE"] ?? "").split(/[\s,]+/));

/**
 * Whether a part from outside of the workspace (`chromium`, `redis`, `curl`, `registry`, `mount`, a runtime) must be there.
 * Tests that need one are skipped where it is missing, with a line that says how to get it, and fail where `OPENSPEED_REQUIRE`
 * names it.
 */
export function isRequired(part: string): boolean {
  return named.has(part);
}

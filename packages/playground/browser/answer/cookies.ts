/**
 * Scripts may not set a request's `cookie` header, so what a form says is in the browser's jar while the request is on its
 * way, and what was there before is there again afterwards.
 */
export async function withCookies<T>(
  cookies: readonly (readonly [name: string, value: string])[],
  run: () => Promise<T>,
): Promise<T> {
  if (cookies.length === 0) return run();
  const before = new Map(
    document.cookie.split("; ").map((pair): [string, string] => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
  for (const [name, value] of cookies) put(name, encodeURIComponent(value));
  try {
    return await run();
  } finally {
    for (const [name, value] of cookies) {
      const now = document.cookie.split("; ").includes(`${name}=${encodeURIComponent(value)}`);
      // The answer may have set it anew.
      if (now) put(name, before.get(name) ?? "", before.has(name) ? "" : "; max-age=0");
    }
  }
}

function put(name: string, value: string, more = ""): void {
  document.cookie = `${name}=${value}; path=/; samesite=strict${more}`;
}

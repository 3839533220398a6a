/** In process through `app.fetch`: what a runtime's `Request` does to a target happens first. */
import type { App } from "@openspeed/core";
import type { AttackRequest } from "../case.ts";
import { observed, thrown } from "./handle.ts";
import type { Way } from "./way.ts";

export function fetchWay(app: Pick<App, "fetch">): Way {
  return {
    name: "fetch",
    sees(method, target) {
      const request = requestOf({ method, target, headers: [] }, "");
      // Methods that a `Request` writes its own way are other methods.
      return request === undefined || request.method !== method ? [] : [targetOf(request.url)];
    },
    async send(attack, id) {
      const request =
        attack.kind === "request" && attack.request.leavesAfter === undefined
          ? requestOf(attack.request, id)
          : undefined;
      if (request === undefined) return undefined;
      const start = performance.now();
      try {
        const response = await app.fetch(request, { remoteAddr: { hostname: "127.0.0.1" } });
        const body = Buffer.from(await response.arrayBuffer()).toString("latin1");
        return observed(response.status, [...response.headers], body, start);
      } catch (error) {
        return thrown(error, start);
      }
    },
    close: () => Promise.resolve(),
  };
}

function requestOf({ method, target, headers, body }: AttackRequest, id: string): Request | undefined {
  try {
    const url = target.startsWith("/") || target.startsWith("?") ? `http://localhost${target}` : target;
    const made = new Request(url, {
      method,
      ...(body !== undefined && method !== "GET" && method !== "HEAD" && { body }),
    });
    for (const [name, value] of headers) made.headers.append(name, value);
    made.headers.set("x-attack", id);
    return /^https?:$/.test(new URL(made.url).protocol) ? made : undefined;
  } catch {
    return undefined;
  }
}

function targetOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

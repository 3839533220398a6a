/** In process, with a transport of our own: nothing reads the request before the kernel does. */
import type { App, Incoming, Outcome } from "@openspeed/core";
import type { AttackRequest, Header, Observation } from "../case.ts";
import type { Way } from "./way.ts";

const MOST = 1_000_000;
const NEVER = new AbortController().signal;

export function handleWay(app: Pick<App, "handle">): Way {
  return {
    name: "handle",
    sees: (_, target) => [target],
    async send(attack, id) {
      if (attack.kind !== "request" || attack.request.leavesAfter !== undefined) return undefined;
      const start = performance.now();
      try {
        const outcome = await app.handle(incomingOf(attack.request, id));
        return observed(outcome.status, pairs(outcome.headers), await bodyOf(outcome), start);
      } catch (error) {
        return thrown(error, start);
      }
    },
    close: () => Promise.resolve(),
  };
}

export function incomingOf(request: AttackRequest, id: string): Incoming {
  const { body = new Uint8Array() } = request;
  const joined = new Map<string, string>([["host", "localhost"]]);
  if (body.length > 0) joined.set("content-length", String(body.length));
  for (const [name, value] of [...request.headers, ["x-attack", id] as const]) {
    const key = name.toLowerCase();
    const before = joined.get(key);
    joined.set(key, before === undefined ? value : `${before}${key === "cookie" ? "; " : ", "}${value}`);
  }
  return {
    method: request.method,
    target: request.target,
    signal: NEVER,
    platform: undefined,
    peer: { address: "127.0.0.1", encrypted: false },
    header: (name) => joined.get(name) ?? null,
    headers: () => joined,
    text: (limit) => Promise.resolve(body.length > limit ? undefined : new TextDecoder().decode(body)),
    bytes: (limit) => Promise.resolve(body.length > limit ? undefined : body),
    stream: () => (body.length === 0 ? null : new Blob([body]).stream()),
    request: () => {
      const bodiless = request.method === "GET" || request.method === "HEAD" || body.length === 0;
      return new Request("http://localhost/", {
        method: request.method,
        headers: [...joined],
        ...(!bodiless && { body }),
      });
    },
  };
}

function pairs(flat: readonly string[]): readonly Header[] {
  return flat.flatMap((name, i) => (i % 2 === 0 ? [[name, flat[i + 1] ?? ""] as const] : []));
}

/** As latin1, like everything that comes over a wire; of an endless one no more than a megabyte. */
async function bodyOf({ body }: Outcome): Promise<string> {
  if (body === null) return "";
  if (typeof body === "string") return Buffer.from(body).toString("latin1");
  if (body instanceof Uint8Array) return Buffer.from(body).toString("latin1");
  let text = "";
  for await (const chunk of body) {
    text += Buffer.from(chunk as Uint8Array).toString("latin1");
    if (text.length > MOST) break;
  }
  return text;
}

export function observed(status: number, headers: readonly Header[], body: string, start: number): Observation {
  return {
    answers: [{ status, headers, body }],
    closed: false,
    rest: "",
    milliseconds: performance.now() - start,
  };
}

export function thrown(error: unknown, start: number): Observation {
  return { answers: [], closed: false, rest: "", milliseconds: performance.now() - start, thrown: String(error) };
}

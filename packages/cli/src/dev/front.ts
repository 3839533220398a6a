import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Servable } from "@openspeed/adapter-node";
import type { Awaitable, Incoming, Outcome } from "@openspeed/core";
import { transformWithOxc } from "vite";
import { answerOf } from "./captured.ts";
import type { Channel } from "./channel.ts";
import { DEV_BASE } from "./base.ts";
import { failurePage, failureProblem } from "./failure-page.ts";
import type { Generations } from "./generations.ts";
import { hostRefusal, refusal } from "./refusal.ts";
import type { Reloader } from "./reloader.ts";

interface FrontOptions {
  readonly generations: Generations;
  readonly reloader: Reloader;
  readonly channel: Channel;
}

/** What the HTTP server sees as the app: the newest version that works, and the development server's own paths. */
export function createFront({ generations, reloader, channel }: FrontOptions): Servable {
  let client: Promise<string> | undefined;

  const allowedHosts = (): true | readonly string[] => reloader.engine?.server.config.server.allowedHosts ?? [];

  function answerApp(incoming: Incoming): Awaitable<Outcome> {
    if (generations.current !== undefined) return generations.handle(incoming);
    const refused = hostRefusal(incoming, allowedHosts());
    if (refused !== undefined) return refused;
    const html = incoming.header("accept")?.includes("text/html") ?? false;
    return html ? failurePage(reloader.trouble, `${DEV_BASE}client.js?v=0`) : failureProblem(reloader.trouble);
  }

  async function answerOwn(incoming: Incoming): Promise<Outcome> {
    const refused = refusal(incoming, allowedHosts());
    if (refused !== undefined) return refused;
    const [path] = incoming.target.split("?");
    if (path === `${DEV_BASE}events`)
      return channel.connect({
        kind: "hello",
        version: reloader.version,
        trouble: reloader.trouble,
        serves: generations.current !== undefined,
      });
    if (path === `${DEV_BASE}client.js`) return script(await (client ??= clientCode()));
    await reloader.settled();
    const { engine } = reloader;
    const answer = engine && (await answerOf(engine.server.middlewares, incoming));
    return answer ?? { status: 404, headers: ["content-type", "text/plain"], body: "Not found" };
  }

  return {
    limits: generations.limits,
    ready: async () => {},
    close: () => generations.close(),
    handle(incoming) {
      if (incoming.target.startsWith(DEV_BASE)) return answerOwn(incoming);
      // Who asks after a save gets what was saved, not what was there before.
      const settled = reloader.settled();
      return settled === undefined ? answerApp(incoming) : settled.then(() => answerApp(incoming));
    },
  };
}

function script(body: string): Outcome {
  return { status: 200, headers: ["content-type", "text/javascript", "cache-control", "no-cache"], body };
}

/** The client is TypeScript where packages run from source. */
async function clientCode(): Promise<string> {
  const file = fileURLToPath(
    new URL(import.meta.url.endsWith(".ts") ? "./browser.ts" : "./browser.js", import.meta.url),
  );
  const { code } = await transformWithOxc(await readFile(file, "utf8"), file, { sourcemap: false });
  return code;
}

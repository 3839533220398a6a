/** Each suite runs through `fetch`, there also on the other runtimes (tooling/conformance), and over a real socket. */
import { serve } from "@openspeed/adapter-node"; // nothing where there is only `fetch`
import type { App } from "@openspeed/core";
import { type TestApp, transports } from "@openspeed/testing";
import { afterEach, describe } from "vitest";

export function suite(name: string, define: (open: (app: App) => Promise<TestApp>) => void): void {
  describe.each(transports(serve).map((transport) => ({ transport, title: `${name}, by ${transport.name}` })))(
    "$title",
    ({ transport }) => {
      const opened: TestApp[] = [];
      afterEach(async () => {
        for (const t of opened.splice(0)) await t.close();
      });
      define(async (app) => {
        const t = await transport.testApp(app);
        opened.push(t);
        return t;
      });
    },
  );
}

/** For apps whose errors are expected. */
export const quiet = { onError: (): void => {} } as const;

/** Browsers let no code say where its request comes from. */
export const saysOrigin: boolean = new Request("http://localhost/", { headers: { origin: "null" } }).headers.has(
  "origin",
);

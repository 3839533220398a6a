// Where a test meets its app. Each suite runs through `fetch` and, where there is a server, again over a socket.
import { serve } from "@openspeed/adapter-node"; // nothing on the runtimes that only have `fetch`: see ../src/bundle.ts
import type { App, Incoming } from "@openspeed/core";
import { type TestApp, type TestAppOptions, transports } from "@openspeed/testing";
import { afterEach, describe } from "vitest";

/** Opens an app for one test; it is closed when the test is over. */
export type Open = (app: App, options?: Pick<TestAppOptions, "override">) => Promise<TestApp>;

export function suite(name: string, define: (open: Open, transport: "fetch" | "socket") => void): void {
  for (const transport of transports(serve)) {
    describe(`${name}, by ${transport.name}`, () => {
      const opened: TestApp[] = [];
      afterEach(async () => {
        for (const t of opened.splice(0)) await t.close();
      });
      define(async (app, options) => {
        const t = await transport.testApp(app, options);
        opened.push(t);
        return t;
      }, transport.name);
    });
  }
}

/** A request as an adapter would hand it over, for targets that no `Request` can carry. */
export function incoming(
  target: string,
  {
    method = "GET",
    headers = {},
    body = "",
  }: { method?: string; headers?: Readonly<Record<string, string>>; body?: string } = {},
): Incoming {
  const bytes = new TextEncoder().encode(body);
  return {
    method,
    target,
    signal: new AbortController().signal,
    platform: undefined,
    peer: undefined,
    header: (name) => headers[name] ?? null,
    headers: () => Object.entries(headers),
    text: async (limit) => (bytes.length > limit ? undefined : body),
    bytes: async (limit) => (bytes.length > limit ? undefined : bytes),
    stream: () => (body === "" ? null : new Blob([bytes]).stream()),
    request: () => new Request(new URL(target, "http://localhost"), { method, headers }),
  };
}

/** A promise and what settles it, to wait for an event instead of for time. */
export function signal<T = void>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  const { promise, resolve } = Promise.withResolvers<T>();
  return { promise, resolve };
}

/** For apps whose errors are expected. */
export const quiet = { onError: (): void => {} } as const;

/** Browsers keep cookies from code, and where a request came from: no `Request` of theirs can say either. */
export const carriesCookies: boolean = new Request("http://localhost/", { headers: { cookie: "a=1" } }).headers.has(
  "cookie",
);

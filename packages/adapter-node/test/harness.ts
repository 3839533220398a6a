import { afterEach } from "vitest";
import { serve, type Servable, type ServeOptions, type Server } from "../src/index.ts";
import { appOf, type Handle } from "./app.ts";

const open = new Set<Server>();

afterEach(async () => {
  await Promise.all([...open].map((server) => server.close()));
  open.clear();
});

/** Serves on a free port until the test ends. */
export async function start(app: Servable | Handle, options: ServeOptions = {}): Promise<Server> {
  const server = await serve(typeof app === "function" ? appOf(app) : app, {
    port: 0,
    signals: false,
    grace: 5000,
    quiet: 0,
    ...options,
  });
  open.add(server);
  return server;
}

export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
}

export function deferred<T = void>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

import type { App } from "@openspeed/core";
import { testApp, type Serve, type TestApp, type TestAppOptions, type TypedTestApp } from "./test-app.ts";

/** One way for a request to reach an app. */
export interface Transport {
  readonly name: "fetch" | "socket";
  testApp(app: App, options?: Omit<TestAppOptions, "serve">): Promise<TestApp>;
  testApp<Api>(app: App, options?: Omit<TestAppOptions, "serve">): Promise<TypedTestApp<Api>>;
}

/**
 * Both ways for a request to reach an app, so that one suite runs through each: in process through `fetch`, and over a
 * real socket by an adapter's `serve`. Without `serve`, the first alone.
 *
 * @example
 * describe.each(transports(serve))("tickets, by $name", ({ testApp }) => {
 *   test("are listed", async () => {
 *     await using t = await testApp(app);
 *     await t("GET /tickets").expect(200);
 *   });
 * });
 */
export function transports(serve?: Serve): readonly Transport[] {
  const inProcess = transport("fetch", undefined);
  return serve === undefined ? [inProcess] : [inProcess, transport("socket", serve)];
}

function transport(name: Transport["name"], serve: Serve | undefined): Transport {
  function open(app: App, options?: TestAppOptions): Promise<TestApp>;
  function open<Api>(app: App, options?: TestAppOptions): Promise<TypedTestApp<Api>>;
  function open(app: App, options?: TestAppOptions): Promise<unknown> {
    return testApp(app, { ...options, serve });
  }
  return { name, testApp: open };
}

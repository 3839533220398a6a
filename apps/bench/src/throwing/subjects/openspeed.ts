import { serve } from "@openspeed/adapter-node";
import { createApp, middleware, provide, type Schema } from "@openspeed/core";
import type { Listening } from "../../http/subject.ts";
import { answer } from "../../process/answer.ts";
import { things } from "../throws.ts";

/** What the app was told since it was asked last. */
export interface Told {
  readonly pid: number;
  readonly ids: readonly string[];
}

let ids: string[] = [];
const app = createApp({ onError: (_error, { id }) => void ids.push(id) });

type Params = { readonly thing?: string };
const thrown = ({ thing = "" }: Params): never => {
  throw things[thing]?.();
};
const paramsOf = ({ params }: { readonly params: Readonly<Record<string, unknown>> }): Params => params;

const refusing: Schema = {
  "~standard": { version: 1, vendor: "bench", validate: (given) => thrown(given as Params) },
};
const providerSync = provide("providerSync", {}, (ctx) => thrown(paramsOf(ctx)));
const providerAsync = provide("providerAsync", {}, async (ctx) => thrown(paramsOf(ctx)));
const disposed = provide("disposed", { dispose: (given: Params) => thrown(given) }, paramsOf);
const before = middleware("before", {}, (ctx) => thrown(paramsOf(ctx)));
const after = middleware("after", {}, async (ctx, next) => {
  await next();
  return thrown(paramsOf(ctx));
});

app.get("/sync/:thing", ({ params }) => thrown(params));
app.get("/async/:thing", async ({ params }) => thrown(params));
app.get("/later/:thing", async ({ params }) => {
  await new Promise((resolve) => setImmediate(resolve));
  return thrown(params);
});
app.get("/schema/:thing", { params: refusing }, () => "unreached");
app.get("/json/:thing", ({ params }) => ({ toJSON: () => thrown(params) }));
app.get("/providerSync/:thing", { use: [providerSync] }, () => "unreached");
app.get("/providerAsync/:thing", { use: [providerAsync] }, () => "unreached");
app.get("/dispose/:thing", { use: [disposed] }, () => "answered");
app.get("/before/:thing", { use: [before] }, () => "unreached");
app.get("/after/:thing", { use: [after] }, () => "answered");
app.get("/streamFirst/:thing", async function* first({ params }) {
  yield thrown(params);
});
app.get("/streamMiddle/:thing", async function* middle({ params }) {
  yield "begun";
  thrown(params);
});
app.get("/streamPull/:thing", ({ params }) => new ReadableStream({ pull: () => thrown(params) }));
app.get("/waitUntil/:thing", ({ params, waitUntil }) => {
  waitUntil(Promise.resolve().then(() => thrown(params)));
  return "answered";
});

const server = await serve(app, { port: 0, hostname: "127.0.0.1" });
answer<Listening, "told", Told>({ port: server.port }, () => {
  const told = { pid: process.pid, ids };
  ids = [];
  return told;
});

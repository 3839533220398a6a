import type { App } from "@openspeed/core";
import type { Answer } from "./judge.ts";
import type { Asked } from "./requests.ts";

/** Sends a request to an app in process, and reads the whole answer. */
export async function ask(app: Pick<App, "fetch">, { request }: Asked): Promise<Answer> {
  const { method, target, headers, body } = request;
  const response = await app.fetch(new Request(`http://127.0.0.1${target}`, { method, headers, body: body ?? null }));
  return {
    status: response.status,
    contentType: response.headers.get("content-type"),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

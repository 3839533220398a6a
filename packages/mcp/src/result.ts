/** An outcome as the result of a tool. */
import type { CallToolResult } from "@modelcontextprotocol/server";
import { headerOf, type Outcome } from "@openspeed/core";
import { readItems, type StreamLimits } from "./items.ts";
import type { Tool } from "./tools.ts";

type Body = ReadableStream<Uint8Array<ArrayBuffer>>;

export async function resultOf(tool: Tool, outcome: Outcome, limits: StreamLimits): Promise<CallToolResult> {
  const { status } = outcome;
  const type = headerOf(outcome, "content-type") ?? "";
  const read = (): Response => new Response(bodyOf(outcome));
  if (status >= 400) return failed((await read().text()) || `Status ${status}.`);
  if (status >= 300) {
    await read().body?.cancel();
    return finished(tool, undefined, `Status ${status}: see ${headerOf(outcome, "location") ?? "elsewhere"}`);
  }
  if (/^(?:application\/x-ndjson|text\/event-stream)\b/.test(type)) {
    const { items, more } = await readItems(read().body ?? new Blob([]).stream(), type, limits);
    // What was promised is one value.
    if (tool.outputSchema !== undefined && !tool.streamed)
      return failed(`OS_TOOL_STREAM: ${tool.route.key} yields and does not say so. tool({ stream: true }), or offers.`);
    const result = finished(tool, items, JSON.stringify(items));
    if (more) result.content.push({ type: "text", text: `The first ${items.length} of a stream that goes on.` });
    return result;
  }
  if (/^(?:image|audio)\//.test(type)) {
    const data = base64(await read().bytes());
    return { content: [{ type: type.startsWith("image/") ? "image" : "audio", data, mimeType: type }] };
  }
  if (/[/+]json\b/.test(type)) {
    const text = await read().text();
    return finished(tool, JSON.parse(text), text);
  }
  if (status === 204 || outcome.body === null) return finished(tool, null, "Done.");
  if (/^text\/|xml|yaml|javascript/.test(type)) {
    const text = await read().text();
    return finished(tool, text, text);
  }
  const blob = base64(await read().bytes());
  return {
    content: [
      { type: "resource", resource: { uri: `data:${type}`, mimeType: type || "application/octet-stream", blob } },
    ],
  };
}

/** A problem, or what else the caller should read: in words, since what is structured is held to the output schema. */
export function failed(text: string): CallToolResult {
  return { isError: true, content: [{ type: "text", text }] };
}

function finished({ outputSchema }: Tool, value: unknown, text: string): CallToolResult {
  const content: CallToolResult["content"] = [{ type: "text", text }];
  if (outputSchema === undefined && (typeof value !== "object" || value === null)) return { content };
  // An answer without the value that the tool promises.
  if (value === undefined) return failed(text);
  return { content, structuredContent: value };
}

function bodyOf({ body }: Outcome): string | Uint8Array<ArrayBuffer> | Body | null {
  if (body === null || typeof body === "string" || body instanceof Uint8Array || body instanceof ReadableStream)
    return body;
  const chunks = body[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done = false, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

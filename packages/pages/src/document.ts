import type { PageClient } from "./client.ts";
import { type MergedHead, writeAttributes, writeHead } from "./head.ts";

// The encoding stands first, where browsers look for it (HTML §4.2.5.4).
const CHARSET = '<meta charset="utf-8">';
const VIEWPORT = { name: "viewport", content: "width=device-width, initial-scale=1" };

/** Everything before what the outermost layout renders. */
export function openDocument(head: MergedHead, client: PageClient, nonce: string): string {
  const own = head.meta.filter(({ charset }) => charset === undefined);
  const meta = own.some(({ name }) => name === VIEWPORT.name) ? own : [VIEWPORT, ...own];
  const scripts = (client.scripts ?? []).map((src) => moduleScript(src, nonce)).join("");
  return (
    `<!doctype html><html${writeAttributes(head.html)}><head>${CHARSET}` +
    `${writeHead({ ...head, meta }, nonce)}${scripts}</head><body${writeAttributes(head.body)}>`
  );
}

/** Everything after it. */
export function closeDocument(client: PageClient, nonce: string, islands: boolean): string {
  const entry = islands && client.entry !== undefined ? moduleScript(client.entry, nonce) : "";
  return `${entry}</body></html>`;
}

function moduleScript(src: string, nonce: string): string {
  return `<script${writeAttributes({ type: "module", src, nonce })}></script>`;
}

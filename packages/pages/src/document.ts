import type { PageClient } from "./client.ts";
import { type MergedHead, writeAttributes, writeHead } from "./head.ts";

const DEFAULT_META = [
  { charset: "utf-8" },
  { name: "viewport", content: "width=device-width, initial-scale=1" },
] as const;

/** Everything before what the outermost layout renders. */
export function openDocument(head: MergedHead, client: PageClient, nonce: string): string {
  const own = DEFAULT_META.filter((tag) => "charset" in tag || !head.meta.some((each) => each["name"] === tag.name));
  const meta = [...own, ...head.meta.filter((each) => each["charset"] === undefined)];
  const scripts = (client.scripts ?? []).map((src) => moduleScript(src, nonce)).join("");
  return (
    `<!doctype html><html${writeAttributes(head.html)}><head>` +
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

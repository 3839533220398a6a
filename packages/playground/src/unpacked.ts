export interface BrowserFiles {
  readonly script: string;
  readonly style: string;
}

let files: Promise<BrowserFiles> | undefined;

/** What browsers load, unpacked when the first one asks. It lies in a module, so it is there on runtimes without files too. */
export function unpacked(): Promise<BrowserFiles> {
  return (files ??= unpack());
}

async function unpack(): Promise<BrowserFiles> {
  const { script, style } = await import("./browser-code.ts");
  return { script: await textOf(script), style: await textOf(style) };
}

/** Base64 of gzip as text. */
async function textOf(packed: string): Promise<string> {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

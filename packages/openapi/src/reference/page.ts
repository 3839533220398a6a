/** The page that shows the reference, and the policy that keeps it to this machine. */

export interface PageFacts {
  readonly title: string;
  readonly document: string;
  readonly script: string;
  readonly scalar: Readonly<Record<string, unknown>>;
}

/** What would ask others, off: fonts, telemetry, the proxy for requests, the assistant, links to clients elsewhere. */
const QUIET = {
  withDefaultFonts: false,
  telemetry: false,
  proxyUrl: "",
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: "never",
  persistAuth: false,
} as const;

/** Content Security Policy Level 3. */
export function referencePage({ title, document, script, scalar }: PageFacts): {
  readonly html: string;
  readonly policy: string;
} {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))));
  const settings = JSON.stringify({ ...QUIET, ...scalar, url: document }).replaceAll("<", "\\u003c");
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // Scalar writes style elements without a nonce, and style attributes. They could load nothing but images of this app.
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
</head>
<body>
<div id="reference"></div>
<noscript>This reference is made by a script. What it shows is in <a href="${escaped(document)}">the document</a>.</noscript>
<script nonce="${nonce}">globalThis.__zod_globalConfig = { jitless: true }</script>
<script nonce="${nonce}" src="${escaped(script)}"></script>
<script nonce="${nonce}">Scalar.createApiReference("#reference", ${settings})</script>
</body>
</html>
`;
  return { html, policy };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

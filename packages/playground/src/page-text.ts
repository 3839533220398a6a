export interface PageFacts {
  readonly path: string;
  readonly title: string;
}

/** A bolt, in the script's own colours. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%234f46e5'/%3E%3Cpath d='M18 5 8 18h7l-1 9 10-13h-7z' fill='%23fff'/%3E%3C/svg%3E";

/** The page; the script draws what is in it. Addresses are relative, so that the app may stand below a prefix. */
export function pageText({ path, title }: PageFacts): string {
  const segments = path.split("/").slice(1);
  const base = segments.at(-1) ?? "";
  const root = "../".repeat(segments.length - 1) || "./";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="${escaped(base)}/app.css">
<script type="module" src="${escaped(base)}/app.js"></script>
</head>
<body>
<div id="playground" data-title="${escaped(title)}" data-base="${escaped(base)}/" data-root="${root}"></div>
<noscript>The playground needs JavaScript.</noscript>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

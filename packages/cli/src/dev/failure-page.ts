import type { Outcome } from "@openspeed/core";
import type { TroubleItem } from "./trouble.ts";

/** For a browser, while no version of the app has worked yet: readable without scripts, covered by the overlay with them. */
export function failurePage(trouble: readonly TroubleItem[], client: string): Outcome {
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>The app has not started</title>
<script type="module" src="${escape(client)}"></script>
<h1>The app has not started</h1>
<pre>${escape(inWords(trouble))}</pre>
</html>
`;
  return { status: 500, headers: ["content-type", "text/html; charset=utf-8", "cache-control", "no-store"], body };
}

/** For everybody else (RFC 9457). */
export function failureProblem(trouble: readonly TroubleItem[]): Outcome {
  const body = JSON.stringify({ title: "The app has not started", status: 500, detail: inWords(trouble) });
  return { status: 500, headers: ["content-type", "application/problem+json", "cache-control", "no-store"], body };
}

function inWords(trouble: readonly TroubleItem[]): string {
  return trouble
    .map(({ code, message, where, mend, frame }) =>
      [`${code} ${where}`, message, mend, ...(frame === undefined ? [] : ["", frame])].join("\n"),
    )
    .join("\n\n");
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

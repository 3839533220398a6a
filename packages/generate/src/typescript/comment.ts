export interface Commented {
  readonly summary?: string | undefined;
  readonly description?: string | undefined;
  readonly deprecated?: boolean | undefined;
}

/** A doc comment with its line end, or nothing. */
export function comment({ summary, description, deprecated }: Commented, indent: string): string {
  const told = [summary, description === summary ? undefined : description, deprecated ? "@deprecated" : undefined];
  const lines = told
    .filter((text) => text !== undefined)
    .join("\n\n")
    .replaceAll("*/", "*\\/")
    .split(/\r?\n/)
    .map((line) => line.trimEnd());
  if (lines.length === 1) return lines[0] === "" ? "" : `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === "" ? "" : ` ${line}`}\n`).join("")}${indent} */\n`;
}

/** A name as it stands before a colon. */
export function property(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

import type { Block } from "./document.ts";

/** A command of a console block, and what it prints. */
export interface Step {
  readonly command: string;
  /** What it exits with: 0, or what its remark says, as in `$ openspeed check  # exits with 1`. */
  readonly code: number;
  /** Lines as they stand in the document; `…` stands for anything, on a line of its own for any number of lines. */
  readonly output: readonly string[];
  /** The command's line in the document. */
  readonly line: number;
}

/** Reads a console block: `$ command`, perhaps continued after a `\`, then what it prints. */
export function sessionOf(block: Block): readonly Step[] {
  const steps: { command: string; output: string[]; line: number }[] = [];
  let continued = false;
  for (const [index, line] of block.text.split("\n").entries()) {
    const last = steps.at(-1);
    if (continued && last !== undefined) last.command += `\n${line}`;
    else if (line.startsWith("$ ")) steps.push({ command: line.slice(2), output: [], line: block.line + index });
    else last?.output.push(line);
    continued = (continued || line.startsWith("$ ")) && line.endsWith("\\");
  }
  return steps.map(({ command, output, line }) => {
    // What follows two spaces and a hash is for the reader.
    const [, words = "", remark = ""] = /^([\s\S]*?)(?: {2,}#(.*))?$/.exec(command) ?? [];
    const code = Number(/exits with (\d+)/.exec(remark)?.[1] ?? 0);
    return { command: words, code, output: trimmed(output), line };
  });
}

function trimmed(lines: readonly string[]): readonly string[] {
  const end = lines.findLastIndex((line) => line.trim() !== "");
  const start = lines.findIndex((line) => line.trim() !== "");
  return start === -1 ? [] : lines.slice(start, end + 1);
}

/** Whether a text is what a session shows. */
export function shows(output: readonly string[], text: string): boolean {
  const pattern = output
    .map((line) =>
      line.trim() === "…"
        ? "(?:[^\n]*\n)*?"
        : `${line.trimEnd().split("…").map(RegExp.escape).join("[^\n]*?")}[ \t]*\n`,
    )
    .join("");
  return new RegExp(`^${pattern}\n*$`).test(`${text.replaceAll("\r\n", "\n").replace(/\n+$/, "")}\n`);
}

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Fault } from "../fault.ts";

/** Writes what a command was asked to put into a file. */
export async function writeOutput(root: string, name: string, text: string): Promise<void> {
  const file = resolve(root, name);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw new Fault({
      code: "OS_OUTPUT",
      message: `It cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
      where: name,
      mend: "Name a file that may be written.",
    });
  }
}

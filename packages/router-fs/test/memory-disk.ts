import type { Disk } from "../src/generate.ts";

/** A project that is nowhere but here: path from the root → text. */
export function memoryDisk(files: Map<string, string>): Disk {
  const missing = (path: string): Error => Object.assign(new Error(`ENOENT: ${path}`), { code: "ENOENT" });
  return {
    list(folder) {
      const below = `${folder}/`;
      return [...files.keys()].flatMap((file) => (file.startsWith(below) ? [file.slice(below.length)] : []));
    },
    read(file) {
      const text = files.get(file);
      if (text === undefined) throw missing(file);
      return text;
    },
    is(path) {
      if (files.has(path)) return "file";
      const below = `${path}/`;
      for (const file of files.keys()) if (file.startsWith(below)) return "folder";
      return undefined;
    },
  };
}

import { type Context, kernelError } from "@openspeed/core";
import { acceptedCodings, codedName, type Coding } from "./codings.ts";
import { closeDescriptor, type OpenFile } from "./descriptor.ts";
import { isOpen, openFile } from "./open.ts";
import type { Root } from "./root.ts";

/** A file as it is, or in a coding. */
export interface Selected {
  readonly file: OpenFile;
  readonly coding: Coding | undefined;
}

/**
 * Of a file and what lies beside it in other codings, what the client likes best. A coded one that is older than the file
 * itself is passed over: it was forgotten when the file changed. Descriptors that are not given back are closed.
 *
 * @throws ProblemError 406 where nothing is acceptable
 */
export async function select(
  root: Root,
  name: string,
  file: OpenFile,
  offered: readonly Coding[],
  { header, report }: Pick<Context, "header" | "report">,
): Promise<Selected> {
  let selected: Selected | undefined;
  try {
    for (const coding of acceptedCodings(header("accept-encoding"), offered)) {
      if (coding === "identity") return (selected = { file, coding: undefined });
      const coded = await openFile(root, codedName(name, coding), report);
      if (!isOpen(coded)) continue;
      if (coded.stats.mtimeMs >= file.stats.mtimeMs) return (selected = { file: coded, coding });
      closeDescriptor(coded.fd);
    }
    throw kernelError("notAcceptable", `This can be had as it is, or in ${offered.join(", ")}.`);
  } finally {
    if (selected?.file !== file) closeDescriptor(file.fd);
  }
}

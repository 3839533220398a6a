/** What became of imports, for those who look after them. */
import type { Client } from "@libsql/client";
import { z } from "zod";
import { uuid7 } from "./identifier.ts";

const ImportRun = z.object({
  id: z.string(),
  organisation: z.string(),
  name: z.string(),
  imported: z.number(),
  rejected: z.number(),
  milliseconds: z.number(),
  finishedAt: z.string(),
});
export type ImportRun = z.infer<typeof ImportRun>;

export async function recordImport(
  db: Client,
  organisation: string,
  { imported, rejected }: { readonly imported: number; readonly rejected: number },
  milliseconds: number,
): Promise<void> {
  const now = new Date();
  await db.execute({
    sql: "INSERT INTO imports (id, organisation, imported, rejected, milliseconds, finished_at) VALUES (?, ?, ?, ?, ?, ?)",
    args: [uuid7(now.getTime()), organisation, imported, rejected, Math.round(milliseconds), now.toISOString()],
  });
}

/** The newest first. */
export async function listImports(db: Client, limit = 50): Promise<ImportRun[]> {
  const { rows } = await db.execute({
    sql: `SELECT i.id, i.organisation, o.name, i.imported, i.rejected, i.milliseconds, i.finished_at AS finishedAt
      FROM imports AS i JOIN organisations AS o ON o.slug = i.organisation ORDER BY i.finished_at DESC, i.id DESC LIMIT ?`,
    args: [limit],
  });
  return rows.map((row) => ImportRun.parse(row));
}

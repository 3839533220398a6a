import type { Client } from "@libsql/client";
import { z } from "zod";
import { uuid7 } from "./identifier.ts";

export const Comment = z
  .object({ id: z.uuid(), author: z.string(), body: z.string(), createdAt: z.iso.datetime() })
  .meta({ title: "Comment" });
export type Comment = z.infer<typeof Comment>;

export const NewComment = z.strictObject({
  author: z.string().trim().min(1).max(100),
  body: z.string().trim().min(1).max(20_000),
});
export type NewComment = z.infer<typeof NewComment>;

/** A ticket's comments, oldest first. */
export async function listComments(db: Client, ticket: string): Promise<Comment[]> {
  const { rows } = await db.execute({
    sql: `SELECT c.id, c.author, c.body, c.created_at AS createdAt
      FROM comments AS c JOIN tickets AS t ON t.row = c.ticket WHERE t.id = ? ORDER BY c.created_at, c.id`,
    args: [ticket],
  });
  return rows.map((row) => Comment.parse(row));
}

/** `undefined` if the ticket is not there. A comment is news about its ticket, so that is updated too. */
export async function addComment(
  db: Client,
  ticket: string,
  { author, body }: NewComment,
): Promise<Comment | undefined> {
  const now = new Date();
  const comment = { id: uuid7(now.getTime()), author, body, createdAt: now.toISOString() };
  const [inserted] = await db.batch(
    [
      {
        sql: "INSERT INTO comments (id, ticket, author, body, created_at) SELECT ?, row, ?, ?, ? FROM tickets WHERE id = ?",
        args: [comment.id, author, body, comment.createdAt, ticket],
      },
      { sql: "UPDATE tickets SET updated_at = ? WHERE id = ?", args: [comment.createdAt, ticket] },
    ],
    "write",
  );
  return inserted?.rowsAffected === 1 ? comment : undefined;
}

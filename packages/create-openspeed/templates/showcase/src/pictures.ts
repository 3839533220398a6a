import type { Client, Row } from "@libsql/client";
import { type Problem, problem } from "@openspeed/core";
import { z } from "zod";
import type { PictureType } from "./picture-type.ts";

export const Picture = z.object({ id: z.int(), title: z.string(), created: z.iso.datetime(), url: z.string() });
export type Picture = z.infer<typeof Picture>;

export const NewPicture = z.object({ title: z.string().trim().min(1).max(80) });

export const noSuchPicture: Problem<404, undefined> = problem(404, "No such picture");

/** The newest first. */
export async function listPictures(db: Client): Promise<Picture[]> {
  const { rows } = await db.execute("SELECT id, title, created FROM pictures ORDER BY id DESC LIMIT 100");
  return rows.map(toPicture);
}

interface Stored {
  readonly title: string;
  readonly type: PictureType;
  readonly bytes: Uint8Array;
}

export async function addPicture(db: Client, { title, type, bytes }: Stored): Promise<Picture> {
  const { rows } = await db.execute({
    sql: "INSERT INTO pictures (title, type, bytes) VALUES (?, ?, ?) RETURNING id, title, created",
    args: [title, type, bytes],
  });
  const [row] = rows;
  if (row === undefined) throw new Error("The picture was not stored.");
  return toPicture(row);
}

export async function findImage(db: Client, id: number): Promise<Blob | undefined> {
  const { rows } = await db.execute({ sql: "SELECT type, bytes FROM pictures WHERE id = ?", args: [id] });
  const [row] = rows;
  return row?.["bytes"] instanceof ArrayBuffer ? new Blob([row["bytes"]], { type: String(row["type"]) }) : undefined;
}

/** Tells whether there was one. */
export async function removePicture(db: Client, id: number): Promise<boolean> {
  const { rowsAffected } = await db.execute({ sql: "DELETE FROM pictures WHERE id = ?", args: [id] });
  return rowsAffected > 0;
}

function toPicture(row: Row): Picture {
  const id = Number(row["id"]);
  return { id, title: String(row["title"]), created: String(row["created"]), url: `/pictures/${id}` };
}

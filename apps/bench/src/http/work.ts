// What every subject does, so that only how it is reached differs.
import { Readable } from "node:stream";
import { z } from "zod";

export const NewUser = z.object({
  name: z.string().min(1).max(100),
  email: z.email(),
  age: z.int().min(0).max(150),
});
export type NewUser = z.infer<typeof NewUser>;

export interface User {
  readonly id: string;
  readonly name: string;
}

export interface Database {
  findUser(id: string): User | undefined;
}

export function openDatabase(): Database {
  const users = new Map(["ada", "grace", "edsger", "barbara"].map((id) => [id, { id, name: id.toUpperCase() }]));
  return { findUser: (id) => users.get(id) };
}

/** The user whom `authorization: Bearer <id>` names. */
export function userOf(db: Database, authorization: string | null | undefined): User {
  const user = db.findUser(authorization?.slice("Bearer ".length) ?? "");
  if (user === undefined) throw new Error("The bench sends only known users");
  return user;
}

/** What a middleware keeps from request to request. */
export interface Traffic {
  served: number;
}

/** What an unknown path answers with, by every subject: OpenSpeed's own answer, so that the work is the same. */
export const NOT_FOUND = {
  type: "application/problem+json",
  body: '{"type":"about:blank","title":"Not found","status":404,"name":"notFound"}',
} as const;

const CHUNK: Uint8Array<ArrayBuffer> = new Uint8Array(64 * 1024).fill("o".charCodeAt(0));
const CHUNKS = 16;
export const MEGABYTE = CHUNK.length * CHUNKS;

/** 1 MiB in 16 chunks, as a web stream that makes a chunk when one is asked for. */
export function megabyteStream(): ReadableStream<Uint8Array<ArrayBuffer>> {
  let sent = 0;
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (sent++ < CHUNKS) controller.enqueue(CHUNK);
      else controller.close();
    },
  });
}

/** The same as a Node stream. */
export function megabyteReadable(): Readable {
  let sent = 0;
  return new Readable({
    read() {
      this.push(sent++ < CHUNKS ? CHUNK : null);
    },
  });
}

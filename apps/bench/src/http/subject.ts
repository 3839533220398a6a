import { answer } from "../process/answer.ts";

/** What a subject's process says when it listens. */
export interface Listening {
  readonly port: number;
}

/** The only question a subject is asked: how much CPU it has used so far, in µs, all threads. */
export type SubjectQuestion = "cpu";

/** Called by each subject when it listens on 127.0.0.1. */
export function listening(port: number): void {
  answer<Listening, SubjectQuestion, number>({ port }, () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  });
}

/** The port of what `server.address()` gives. */
export function portOf(address: { port: number } | string | null | undefined): number {
  if (typeof address !== "object" || address === null) throw new Error("The server listens on no TCP port");
  return address.port;
}

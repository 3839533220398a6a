import type { Case } from "./cases.ts";
import { openConnection } from "./connection.ts";

export interface Served {
  readonly name: string;
  readonly port: number;
}

/** Every way in which a subject's answers differ from what the cases say; empty when all do the same work. */
export async function differences(subjects: readonly Served[], cases: readonly Case[]): Promise<string[]> {
  const found: string[] = [];
  for (const subject of subjects) {
    for (const work of cases) {
      for (const problem of await differencesOf(subject, work)) found.push(`${subject.name}, ${work.name}: ${problem}`);
    }
  }
  return found;
}

async function differencesOf(subject: Served, work: Case): Promise<string[]> {
  const broken = Promise.withResolvers<void>();
  try {
    const connection = await openConnection(subject.port, work, 0, broken.reject);
    const answered = new Promise<void>((resolve) => connection.send(resolve));
    await Promise.race([answered, broken.promise]);
    connection.close();
    return wrongHeaders(connection.head().text, work);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function wrongHeaders(head: string, work: Case): string[] {
  const headers = new Map(
    head.split("\r\n").map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const type = headers.get("content-type")?.split(";")[0]?.trim();
  const wrong = type === work.type ? [] : [`content-type ${type ?? "missing"} instead of ${work.type}`];
  for (const [name, value] of Object.entries(work.headers)) {
    if (headers.get(name) !== value) wrong.push(`${name} ${headers.get(name) ?? "missing"} instead of ${value}`);
  }
  return wrong;
}

import { afterAll, expect, test } from "vitest";
import { cases } from "../src/http/cases.ts";
import { differences } from "../src/http/parity.ts";
import type { Listening } from "../src/http/subject.ts";
import { subjectFile, subjects } from "../src/http/subjects.ts";
import { startChild, stopChildren } from "../src/process/child.ts";

afterAll(stopChildren);

test.each(subjects)(
  "%s answers every case with the status, headers and bytes that all subjects answer with",
  { timeout: 30_000 },
  async (name) => {
    const execArgv = ["--conditions=@openspeed/source"];
    const { ready, stop } = await startChild<Listening, never, never>(subjectFile(name), { name, execArgv });
    expect(await differences([{ name, port: ready.port }], cases)).toEqual([]);
    await stop();
  },
);

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Fault } from "../fault.ts";

/** Requests as the playground saves them. */
export interface Recording {
  readonly requests: readonly RecordedRequest[];
}

export interface RecordedRequest {
  /** `POST /tickets` */
  readonly key: string;
  /** Path and query as they were sent, without credentials. */
  readonly target: string;
  readonly params: Values;
  readonly query: Values;
  readonly headers: Values;
  readonly cookies: Values;
  /** A value that its media type says how to write, or a text as it was sent. */
  readonly body: { readonly type: string; readonly value?: unknown; readonly text?: string } | undefined;
  /** What proved who called; its value was not saved. */
  readonly credentials: readonly RecordedCredential[];
  readonly answer: RecordedAnswer;
}

export interface RecordedCredential {
  readonly scheme: string;
  readonly in: "header" | "query" | "cookie";
  readonly name: string;
  /** What stands before the value: `Bearer `. */
  readonly prefix: string;
}

export interface RecordedAnswer {
  readonly status: number;
  readonly type: string | undefined;
  /** The name of the problem, if it was one. */
  readonly problem: string | undefined;
  readonly value: unknown;
  /** Whether items came one by one, perhaps without end. */
  readonly streamed: boolean;
  /** Whether it is the answer of the place that a redirect led to. */
  readonly redirected: boolean;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * Reads what the playground saved.
 *
 * @throws Fault `OS_RECORDING_FILE` if the file is not there, or is none of the playground's
 */
export async function readRecording(root: string, file: string): Promise<Recording> {
  const refuse = (message: string): Fault =>
    new Fault({
      code: "OS_RECORDING_FILE",
      message,
      where: file,
      mend: "Name a file that the playground's history saved.",
    });
  let data: unknown;
  try {
    data = JSON.parse(await readFile(resolve(root, file), "utf8"));
  } catch (error) {
    throw refuse(`It cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
  if (!isRecord(data) || data["format"] !== "openspeed-requests" || !Array.isArray(data["requests"]))
    throw refuse("It holds no requests of a playground.");
  if (data["version"] !== 1)
    throw refuse(`It has version ${String(data["version"])}, which this command does not know.`);
  return {
    requests: data["requests"].map((each: unknown, i) => {
      const request = requestOf(each);
      if (request === undefined) throw refuse(`Its request ${i + 1} is none that a playground writes.`);
      return request;
    }),
  };
}

export function isRecord(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const KEY = /^[A-Z][A-Z-]* \/\S*$/;

function requestOf(data: unknown): RecordedRequest | undefined {
  if (!isRecord(data) || !isRecord(data["answer"])) return undefined;
  const { key, target, answer, body, credentials } = data;
  const { status, type, problem, value, streamed, redirected } = answer;
  if (typeof key !== "string" || !KEY.test(key) || typeof status !== "number") return undefined;
  const proofs = (Array.isArray(credentials) ? credentials : []).map(credentialOf);
  if (proofs.includes(undefined)) return undefined;
  return {
    key,
    target: typeof target === "string" ? target : "/",
    params: valuesOf(data["params"]),
    query: valuesOf(data["query"]),
    headers: valuesOf(data["headers"]),
    cookies: valuesOf(data["cookies"]),
    body: bodyOf(body),
    credentials: proofs.filter((each) => each !== undefined),
    answer: {
      status,
      type: typeof type === "string" ? type : undefined,
      problem: typeof problem === "string" ? problem : undefined,
      value,
      streamed: streamed === true,
      redirected: redirected === true,
    },
  };
}

function valuesOf(data: unknown): Values {
  return isRecord(data) ? data : {};
}

function bodyOf(data: unknown): RecordedRequest["body"] {
  if (!isRecord(data) || typeof data["type"] !== "string") return undefined;
  const { type, text } = data;
  return typeof text === "string" ? { type, text } : { type, value: data["value"] };
}

function credentialOf(data: unknown): RecordedCredential | undefined {
  if (!isRecord(data)) return undefined;
  const { scheme, in: place, name, prefix } = data;
  if (typeof scheme !== "string" || typeof name !== "string") return undefined;
  if (place !== "header" && place !== "query" && place !== "cookie") return undefined;
  // It becomes part of the test's code.
  if (prefix !== "" && prefix !== "Bearer " && prefix !== "Basic ") return undefined;
  return { scheme, in: place, name, prefix };
}

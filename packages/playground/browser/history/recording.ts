/** Requests as a file that `openspeed test --from` makes a test of. Credentials and files are not in it. */
import type { GraphRoute } from "@openspeed/core";
import { bodyModeOf, type Values } from "../request/draft.ts";
import type { Entry, EntryAnswer } from "./entries.ts";

export interface Recording {
  readonly format: "openspeed-requests";
  readonly version: 1;
  readonly requests: readonly RecordedRequest[];
}

export interface RecordedRequest {
  /** `POST /tickets` */
  readonly key: string;
  /** Path and query as they were sent, without credentials. */
  readonly target: string;
  readonly params?: Values;
  readonly query?: Values;
  readonly headers?: Values;
  readonly cookies?: Values;
  readonly body?: RecordedBody;
  /** What proved who called, without its value: whoever runs the test says it. */
  readonly credentials?: Entry["credentials"];
  readonly answer: Omit<EntryAnswer, "took">;
}

/** A value that its media type says how to write, or the text as it was sent. */
export type RecordedBody = { readonly type: string } & ({ readonly value: unknown } | { readonly text: string });

/** Oldest first, as they were sent; those without an answer, or with files, cannot be replayed. */
export function recordingOf(entries: readonly Entry[], routes: readonly GraphRoute[]): Recording {
  const requests = entries.toReversed().flatMap((entry): RecordedRequest[] => {
    const route = routes.find(({ key }) => key === entry.key);
    if (route === undefined || entry.answer === undefined || entry.files) return [];
    const { params, query, headers, cookies } = entry.draft;
    const { took: _took, ...answer } = entry.answer;
    const body = bodyOf(route, entry);
    return [
      {
        key: `${entry.method} ${route.path}`,
        target: entry.target,
        ...filled({ params, query, headers, cookies }),
        ...(body !== undefined && { body }),
        ...(entry.credentials.length > 0 && { credentials: entry.credentials }),
        answer,
      },
    ];
  });
  return { format: "openspeed-requests", version: 1, requests };
}

function filled(parts: Readonly<Record<string, Values>>): Readonly<Record<string, Values>> {
  return Object.fromEntries(Object.entries(parts).filter(([, values]) => Object.keys(values).length > 0));
}

function bodyOf(route: GraphRoute, { method, draft }: Entry): RecordedBody | undefined {
  if (method === "GET" || method === "HEAD") return undefined;
  const { body, raw, contentType = "text/plain" } = draft;
  switch (bodyModeOf(route)) {
    case "none":
      return undefined;
    case "json":
      if (raw !== undefined) return { type: "application/json", ...parsed(raw) };
      return body === undefined ? undefined : { type: "application/json", value: body };
    case "form":
      return { type: "application/x-www-form-urlencoded", value: body ?? {} };
    case "multipart":
      return { type: "multipart/form-data", value: body ?? {} };
    case "text":
      return { type: contentType, text: String(body) };
  }
}

function parsed(text: string): { readonly value: unknown } | { readonly text: string } {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { text };
  }
}

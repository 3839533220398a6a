/** What generators read: an OpenAPI document without its indirections. Plain data, in a stable order. */
import type { Type } from "./type.ts";

export interface Model {
  readonly title: string;
  readonly version: string;
  readonly description?: string;
  /** Addresses, the first is the default. */
  readonly servers: readonly string[];
  /** By path, then method. */
  readonly operations: readonly Operation[];
  /** By name. */
  readonly schemas: readonly NamedSchema[];
  /** What could not be said, and what stands in its place. */
  readonly notes: readonly Note[];
}

export interface NamedSchema {
  /** In PascalCase, unique. */
  readonly name: string;
  readonly type: Type;
}

export interface Note {
  readonly where: string;
  readonly message: string;
}

export interface Operation {
  /** `GET /repos/:owner/:repo` */
  readonly key: string;
  readonly method: string;
  /** `/repos/:owner/:repo` */
  readonly path: string;
  /** In PascalCase, unique: `ReposGet`. */
  readonly name: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly deprecated?: boolean;
  readonly params: readonly Field[];
  readonly query: readonly Field[];
  readonly headers: readonly Field[];
  readonly cookies: readonly Field[];
  readonly body?: Body;
  /** By status. Without one, nobody said what succeeds. */
  readonly outputs: readonly Output[];
  /** By status, then name. */
  readonly problems: readonly DeclaredProblem[];
}

/** A value that is carried as text. */
export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly type: Type;
}

/** `json`, `form` (urlencoded), `multipart`, `text`, `bytes`, `events` (SSE), `lines` (NDJSON). */
export type Form = "json" | "form" | "multipart" | "text" | "bytes" | "events" | "lines";

export interface Content {
  readonly form: Form;
  /** As the document writes it: `application/json`. */
  readonly media: string;
  readonly type: Type;
}

export interface Body extends Content {
  readonly required: boolean;
  readonly description?: string;
}

export interface Output {
  readonly status: number;
  readonly description?: string;
  /** Not there where the answer is empty. */
  readonly content?: Content;
}

export interface DeclaredProblem {
  /** What clients switch on: `notFound`. */
  readonly name: string;
  /** `undefined`: any other than those that have one. */
  readonly status?: number;
  readonly title: string;
  readonly content?: Content;
}

/** What a target is: a property of some functions of ours that has to hold for any bytes. */
export type Awaitable<T> = T | Promise<T>;

export interface Target<S> {
  readonly name: string;
  /** What holds, in one line. */
  readonly about: string;
  /** Files whose coverage guides the search, from the workspace's root; a folder ends with `/`. */
  readonly sources: readonly string[];
  /** Words of the format: what random bytes would not hit upon. */
  readonly words: readonly string[];
  /** Texts at which inputs are taken apart: pieces between them are moved, doubled, dropped and exchanged. */
  readonly separators: readonly string[];
  /** The functions under test. Tests put broken ones in their place. */
  readonly subject: S;
  /** Throws if the property does not hold. The oracle is not the code under test. */
  readonly check: (subject: S, input: Uint8Array<ArrayBuffer>) => Awaitable<void>;
  /** Gives back what the subject holds. */
  readonly close?: (subject: S) => Promise<void>;
  /** Longest input, in bytes. Default 2,048. */
  readonly longest?: number;
}

/** A target and its functions, ready to be run. */
export interface Check {
  readonly target: Pick<Target<unknown>, "name" | "about" | "sources" | "words" | "separators" | "longest">;
  readonly run: (input: Uint8Array<ArrayBuffer>) => Awaitable<void>;
  readonly close: () => Promise<void>;
}

export function checkOf<S>(target: Target<S>, subject: S = target.subject): Check {
  return {
    target,
    run: (input) => target.check(subject, input),
    close: async () => target.close?.(subject),
  };
}

/** One char for each byte, as a server that reads latin1 gets a head. */
export function latin1(input: Uint8Array<ArrayBuffer>): string {
  return Buffer.from(input.buffer, input.byteOffset, input.byteLength).toString("latin1");
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** As UTF-8; what is not becomes U+FFFD. */
export function utf8(input: Uint8Array): string {
  return decoder.decode(input);
}

// What is thrown, and from where: shared by the server that throws it and by who looks at the answers.

/** In every message, stack, name and cause; nothing of it may leave the process. */
export const SECRET = "hunter2";

function circular(): Error {
  const error = new Error(`round and round ${SECRET}`);
  error.cause = { error, list: [error] };
  return error;
}

function withThrowing(property: "message" | "stack" | "name" | "toString" | "toJSON" | "then"): Error {
  const error = new Error(SECRET);
  Object.defineProperty(error, property, {
    get() {
      throw new Error(`${property} of ${SECRET}`);
    },
  });
  return error;
}

const refuse = (): never => {
  throw new Error(`no look at ${SECRET}`);
};

export const things: Readonly<Record<string, () => unknown>> = {
  error: () => new Error(SECRET),
  typeError: () => new TypeError(SECRET),
  aggregate: () => new AggregateError([new Error(SECRET), SECRET], SECRET),
  cause: () => new Error("outer", { cause: new Error(SECRET) }),
  circular,
  abort: () => new DOMException(SECRET, "AbortError"),
  timeout: () => new DOMException(SECRET, "TimeoutError"),
  huge: () => new Error(SECRET.repeat(150_000)),
  lines: () => new Error(`${SECRET}\r\nx-injected: ${SECRET}\r\n\r\n`),
  text: () => SECRET,
  empty: () => "",
  number: () => 0,
  big: () => 1n,
  symbol: () => Symbol(SECRET),
  boolean: () => false,
  undefined: () => undefined,
  null: () => null,
  function: () => refuse,
  frozen: () => Object.freeze({ message: SECRET }),
  frozenError: () => Object.freeze(new Error(SECRET)),
  bare: () => Object.assign(Object.create(null), { message: SECRET }),
  problem: () => ({ status: 200, name: "ok", title: SECRET, detail: SECRET }),
  outcome: () => ({ status: 200, headers: [], body: SECRET }),
  response: () => new Response(SECRET),
  message: () => withThrowing("message"),
  stack: () => withThrowing("stack"),
  name: () => withThrowing("name"),
  toString: () => withThrowing("toString"),
  toJSON: () => withThrowing("toJSON"),
  thenGetter: () => withThrowing("then"),
  proxy: () => new Proxy(new Error(SECRET), { get: refuse, has: refuse, getPrototypeOf: refuse, ownKeys: refuse }),
  revoked: () => {
    const { proxy, revoke } = Proxy.revocable(new Error(SECRET), {});
    revoke();
    return proxy;
  },
};

/** Where it is thrown. After the head of a `stream…` is out, a cut connection is all that can be said. */
export const places = [
  "sync",
  "async",
  "later",
  "schema",
  "json",
  "providerSync",
  "providerAsync",
  "dispose",
  "before",
  "after",
  "streamFirst",
  "streamMiddle",
  "streamPull",
  "waitUntil",
] as const;

export type Place = (typeof places)[number];

export const isCut = (place: Place): boolean => place.startsWith("stream");
export const isFine = (place: Place): boolean => place === "waitUntil";

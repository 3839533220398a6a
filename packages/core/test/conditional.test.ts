import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Incoming, type Outcome, withHeaders } from "../src/index.ts";
import { applyConditions } from "../src/request/conditional.ts";

const TAG = '"v1"';
const EARLIER = "Sun, 01 Mar 2026 00:00:00 GMT";
const DATE = "Mon, 02 Mar 2026 00:00:00 GMT";
const LATER = "Tue, 03 Mar 2026 00:00:00 GMT";

type Fields = Readonly<Record<string, string>>;

function request(headers: Fields, method = "GET"): Incoming {
  return {
    method,
    target: "/",
    signal: new AbortController().signal,
    platform: undefined,
    peer: undefined,
    header: (name) => headers[name] ?? null,
    headers: () => Object.entries(headers),
    text: async () => "",
    bytes: async () => new Uint8Array(),
    stream: () => null,
    request: () => new Request("http://localhost/", { method, headers }),
  };
}

function answer(headers: Fields, status = 200): Outcome {
  return withHeaders({ status, headers: ["content-type", "text/plain"], body: "content" }, headers);
}

const statusOf = (asked: Fields, has: Fields): number => applyConditions(request(asked), answer(has)).status;

describe("preconditions", () => {
  test.each<[asked: Fields, has: Fields, status: number]>([
    [{}, { etag: TAG }, 200],
    // If-None-Match: the weak comparison
    [{ "if-none-match": TAG }, { etag: TAG }, 304],
    [{ "if-none-match": '"v2"' }, { etag: TAG }, 200],
    [{ "if-none-match": '"v2", "v1"' }, { etag: TAG }, 304],
    [{ "if-none-match": '"v2","v1"' }, { etag: TAG }, 304],
    [{ "if-none-match": 'W/"v1"' }, { etag: TAG }, 304],
    [{ "if-none-match": TAG }, { etag: 'W/"v1"' }, 304],
    [{ "if-none-match": "*" }, { etag: TAG }, 304],
    [{ "if-none-match": "v1" }, { etag: TAG }, 200],
    [{ "if-none-match": '"V1"' }, { etag: TAG }, 200],
    [{ "if-none-match": '"a,b"' }, { etag: '"a,b"' }, 304],
    [{ "if-none-match": '"x", W/"a, b", "y"' }, { etag: '"a, b"' }, 304],
    [{ "if-none-match": '"a, b"' }, { etag: '"b"' }, 200],
    [{ "if-none-match": TAG }, { "last-modified": DATE }, 200],
    // If-Match: the strong comparison
    [{ "if-match": TAG }, { etag: TAG }, 200],
    [{ "if-match": '"v2"' }, { etag: TAG }, 412],
    [{ "if-match": '"v2", "v1"' }, { etag: TAG }, 200],
    [{ "if-match": '"a,b"' }, { etag: '"a,b"' }, 200],
    [{ "if-match": "*" }, { etag: TAG }, 200],
    [{ "if-match": 'W/"v1"' }, { etag: 'W/"v1"' }, 412],
    [{ "if-match": TAG }, { "last-modified": DATE }, 412],
    // dates
    [{ "if-modified-since": DATE }, { "last-modified": DATE }, 304],
    [{ "if-modified-since": LATER }, { "last-modified": DATE }, 304],
    [{ "if-modified-since": EARLIER }, { "last-modified": DATE }, 200],
    [{ "if-modified-since": "yesterday" }, { "last-modified": DATE }, 200],
    [{ "if-modified-since": DATE }, { "last-modified": "once" }, 200],
    [{ "if-modified-since": DATE }, { etag: TAG }, 200],
    [{ "if-unmodified-since": DATE }, { "last-modified": DATE }, 200],
    [{ "if-unmodified-since": EARLIER }, { "last-modified": DATE }, 412],
    [{ "if-unmodified-since": "yesterday" }, { "last-modified": DATE }, 200],
    // What is no HTTP-date is ignored (RFC 9110 §13.1.3 and §13.1.4), though JavaScript would make a date of it.
    [{ "if-modified-since": "2030" }, { "last-modified": DATE }, 200],
    [{ "if-modified-since": "2030-01-01T00:00:00Z" }, { "last-modified": DATE }, 200],
    [{ "if-modified-since": `${LATER}, ${LATER}` }, { "last-modified": DATE }, 200],
    [{ "if-unmodified-since": "1" }, { "last-modified": DATE }, 200],
    [{ "if-modified-since": "Someotherday, 03 Mar 2026 00:00:00 GMT" }, { "last-modified": DATE }, 200],
    // The obsolete forms (RFC 9110 §5.6.7) are dates too.
    [{ "if-modified-since": "Tuesday, 03-Mar-26 00:00:00 GMT" }, { "last-modified": DATE }, 304],
    [{ "if-modified-since": "Sunday, 01-Mar-26 00:00:00 GMT" }, { "last-modified": DATE }, 200],
    [{ "if-modified-since": "Mon Mar  2 00:00:00 2026" }, { "last-modified": DATE }, 304],
    [{ "if-modified-since": "Sun Mar  1 23:59:59 2026" }, { "last-modified": DATE }, 200],
    // order (RFC 9110 §13.2.2): tags before dates, If-Match before If-None-Match
    [{ "if-none-match": '"v2"', "if-modified-since": LATER }, { etag: TAG, "last-modified": DATE }, 200],
    [{ "if-none-match": TAG, "if-modified-since": EARLIER }, { etag: TAG, "last-modified": DATE }, 304],
    [{ "if-match": TAG, "if-unmodified-since": EARLIER }, { etag: TAG, "last-modified": DATE }, 200],
    [{ "if-match": '"v2"', "if-none-match": TAG }, { etag: TAG }, 412],
    [{ "if-match": TAG, "if-none-match": TAG }, { etag: TAG }, 304],
    [{ "if-match": "*" }, {}, 200],
  ])("%j of %j: %i", (asked, has, status) => {
    expect(statusOf(asked, has)).toBe(status);
  });

  test.each(["POST", "PUT", "PATCH", "DELETE"])("%s is left alone, since it has happened", (method) => {
    const outcome = answer({ etag: TAG });
    expect(applyConditions(request({ "if-match": '"v2"', "if-none-match": TAG }, method), outcome)).toBe(outcome);
  });

  test.each([201, 204, 206, 404, 500])("an answer with status %i is left alone", (status) => {
    const outcome = answer({ etag: TAG }, status);
    expect(applyConditions(request({ "if-none-match": TAG, "if-match": '"v2"' }), outcome)).toBe(outcome);
  });

  test("HEAD is judged as GET is", () => {
    expect(applyConditions(request({ "if-none-match": TAG }, "HEAD"), answer({ etag: TAG })).status).toBe(304);
  });

  test("any list that has the tag is answered with 304, any that has not with the content", () => {
    const opaque = fc.stringMatching(/^[!#-~]{0,6}$/);
    const tags = fc.array(fc.tuple(fc.boolean(), opaque), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(tags, fc.boolean(), opaque, fc.constantFrom(",", ", ", " , "), (list, weak, own, separator) => {
        const asked = list.map(([isWeak, text]) => `${isWeak ? "W/" : ""}"${text}"`).join(separator);
        const etag = `${weak ? "W/" : ""}"${own}"`;
        expect(statusOf({ "if-none-match": asked }, { etag })).toBe(list.some(([, text]) => text === own) ? 304 : 200);
        const strong = !weak && list.some(([isWeak, text]) => !isWeak && text === own);
        expect(statusOf({ "if-match": asked }, { etag })).toBe(strong ? 200 : 412);
      }),
      { numRuns: 2_000 },
    );
  });
});

test("304 keeps what a cache needs, and nothing of the content", () => {
  const kept = {
    "cache-control": "max-age=1",
    etag: TAG,
    expires: LATER,
    "last-modified": DATE,
    vary: "accept",
    "set-cookie": "a=1",
    "content-location": "/a",
    date: DATE,
  };
  const outcome = applyConditions(
    request({ "if-none-match": TAG }),
    answer({ ...kept, "content-language": "th", "x-etag": "etag", "x-own": "1" }),
  );
  const headers = Object.fromEntries(
    outcome.headers.flatMap((name, i) => (i % 2 === 0 ? [[name, outcome.headers[i + 1]]] : [])),
  );
  expect(outcome).toMatchObject({ status: 304, body: null });
  expect(headers).toEqual(kept);
});

describe("a body that is not sent is released", () => {
  test("a stream", () => {
    const reasons: unknown[] = [];
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({ cancel: (reason) => void reasons.push(reason) });
    applyConditions(request({ "if-none-match": TAG }), { status: 200, headers: ["etag", TAG], body });
    expect(reasons).toHaveLength(1);
  });

  test.each([
    ["304", { "if-none-match": TAG }],
    ["412", { "if-match": '"v2"' }],
  ])("an iterable, for %s, whatever its end throws", (_, asked) => {
    let released = 0;
    const iterator = {
      next: async () => ({ done: false as const, value: "chunk" }),
      return: async (): Promise<never> => {
        released++;
        throw new Error("too late");
      },
    };
    const body = { [Symbol.asyncIterator]: () => iterator };
    applyConditions(request(asked), { status: 200, headers: ["etag", TAG], body });
    expect(released).toBe(1);
  });
});

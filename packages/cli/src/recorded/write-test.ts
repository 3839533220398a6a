import { posix } from "node:path";
import { expectedOf } from "./expected.ts";
import { Code, literal } from "./literal.ts";
import { isRecord, type RecordedCredential, type RecordedRequest, type Recording } from "./recording.ts";

export interface TestPlace {
  /** Where the test will be, from the project's folder. */
  readonly place: string;
  /** The module of the app, from the project's folder. */
  readonly app: string;
  /** The name under which it exports the app. */
  readonly exported: "app" | "default";
}

/** Pure: a vitest file that sends the requests in their order, and expects of each what was answered. */
export function testOf({ requests }: Recording, { place, app, exported }: TestPlace): string {
  const to = posix.relative(posix.dirname(place), app);
  const from = JSON.stringify(to.startsWith(".") ? to : `./${to}`);
  const credentials = schemesOf(requests);
  const steps = requests.map((request, i) => stepOf(request, i));
  const expects = steps.some((step) => step.includes("expect(answer") || step.includes("expect(response"));
  const skip = credentials.map(({ scheme }) => `${variableOf(scheme)} === ""`).join(" || ");
  return [
    "// Made by `openspeed test --from`, of requests that the playground sent. Yours to change.",
    `import { testApp } from "@openspeed/testing";`,
    `import { ${expects ? "expect, " : ""}test } from "vitest";`,
    exported === "app" ? `import { app } from ${from};` : `import app from ${from};`,
    "",
    ...credentials.flatMap(({ scheme }) => [
      `/** Was not saved: the test is skipped unless the environment says it. */`,
      `const ${variableOf(scheme)} = process.env[${JSON.stringify(environmentOf(scheme))}] ?? "";`,
      "",
    ]),
    `test${skip === "" ? "" : `.skipIf(${skip})`}("requests of the playground, in their order", async () => {`,
    "  await using t = await testApp(app);",
    ...steps.map((step) => `\n${step}`),
    "});",
    "",
  ].join("\n");
}

/** The environment's names of what was not saved. */
export function credentialNames({ requests }: Recording): readonly string[] {
  return schemesOf(requests).map(({ scheme }) => environmentOf(scheme));
}

function schemesOf(requests: readonly RecordedRequest[]): readonly RecordedCredential[] {
  return [...new Map(requests.flatMap(({ credentials }) => credentials).map((each) => [each.scheme, each])).values()];
}

function environmentOf(scheme: string): string {
  return `TEST_${scheme
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/\W+/g, "_")
    .toUpperCase()}`;
}

function variableOf(scheme: string): string {
  const words = scheme.split(/\W+/).filter((word) => word !== "");
  const [first = "", ...more] = words;
  // A name may not begin with a digit.
  return `${/^\d/.test(first) ? "_" : ""}${first.charAt(0).toLowerCase()}${first.slice(1)}${more.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")}Credential`;
}

function stepOf(request: RecordedRequest, index: number): string {
  const { key, answer } = request;
  if (answer.streamed) return streamOf(request, index);
  const { before, parts } = partsOf(request, index);
  const given = Object.keys(parts).length === 0 ? "" : `, ${literal(parts, "  ")}`;
  const call = `t(${JSON.stringify(key)}${given})`;
  const lines = before.map((line) => `  ${line}\n`).join("");
  if (answer.redirected) {
    return `${lines}  {
    // It redirected; what the redirect led to is another request.
    const answer = await ${call};
    expect(answer.status).toBeGreaterThanOrEqual(300);
    expect(answer.status).toBeLessThan(400);
  }`;
  }
  return `${lines}  await ${call}${assertionOf(request)};`;
}

const LONG = 400;

function assertionOf(request: RecordedRequest): string {
  const { status, problem, type, value } = request.answer;
  if (problem !== undefined) {
    const errors = isRecord(value) && Array.isArray(value["errors"]) ? value["errors"].filter(isRecord) : [];
    // The words are the validator's; the places are the app's.
    const places = errors.map(({ in: part, pointer }) => ({ in: part, pointer }));
    const more = places.length === 0 ? "" : `, ${literal({ errors: places }, "  ")}`;
    return `.expectProblem(${JSON.stringify(problem)}${more})`;
  }
  const isLong = typeof value === "string" && value.length > LONG;
  if (value !== undefined && !isLong) return `.expect(${status}, ${literal(expectedOf(request), "  ")})`;
  return `.expect(${status})${type === undefined ? "" : `.expectHeader("content-type", ${JSON.stringify(type)})`}`;
}

/** Items are not compared, because a stream may have no end. */
function streamOf({ key, target, headers, credentials, answer }: RecordedRequest, index: number): string {
  const [method = "GET"] = key.split(" ");
  const own = { ...headers, ...placed(credentials, "header") };
  const init = {
    ...(method !== "GET" && { method }),
    ...(Object.keys(own).length > 0 && { headers: own }),
  };
  const name = `response${index + 1}`;
  const given = Object.keys(init).length === 0 ? "" : `, ${literal(init, "  ")}`;
  return [
    `  const ${name} = await t.fetch(${JSON.stringify(target)}${given});`,
    `  expect(${name}.status).toBe(${answer.status});`,
    `  expect(${name}.headers.get("content-type")).toBe(${JSON.stringify(answer.type ?? null)});`,
    `  await ${name}.body?.cancel();`,
  ].join("\n");
}

function placed(credentials: readonly RecordedCredential[], place: RecordedCredential["in"]): Record<string, Code> {
  return Object.fromEntries(
    credentials
      .filter((each) => each.in === place)
      .map(({ scheme, name, prefix }) => {
        const variable = variableOf(scheme);
        const value = prefix === "Basic " ? `btoa(${variable})` : variable;
        return [name, new Code(prefix === "" ? value : `\`${prefix}\${${value}}\``)];
      }),
  );
}

/** What `t()` takes, and what must be made before. */
function partsOf(
  request: RecordedRequest,
  index: number,
): { readonly before: readonly string[]; readonly parts: object } {
  const { params, query, headers, cookies, body, credentials } = request;
  const { before = [], value, type } = body === undefined ? {} : bodyOf(body, `form${index + 1}`);
  const all = {
    params: flat(params),
    query: { ...flat(query), ...placed(credentials, "query") },
    headers: {
      ...(type !== undefined && { "content-type": type }),
      ...flat(headers),
      ...placed(credentials, "header"),
    },
    cookies: { ...flat(cookies), ...placed(credentials, "cookie") },
  };
  const filled = Object.entries(all).filter(([, values]) => Object.keys(values).length > 0);
  return { before, parts: { ...Object.fromEntries(filled), ...(value !== undefined && { body: value }) } };
}

/** The browser wrote objects as JSON; a URL or header carries nothing else. */
function flat(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const text = (value: unknown): unknown =>
    typeof value === "object" && value !== null ? JSON.stringify(value) : value;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value.map(text) : text(value)]),
  );
}

function bodyOf(
  { type, value, text }: NonNullable<RecordedRequest["body"]>,
  form: string,
): { readonly before?: readonly string[]; readonly value: unknown; readonly type?: string } {
  if (text !== undefined) return { value: text, type };
  if (type === "multipart/form-data") {
    const fields = isRecord(value) && isRecord(value["fields"]) ? value["fields"] : {};
    const entries = Object.entries(flat(fields)).flatMap(([name, each]) =>
      (Array.isArray(each) ? each : [each]).map(
        (item) => `${form}.append(${JSON.stringify(name)}, ${JSON.stringify(String(item))});`,
      ),
    );
    return { before: [`const ${form} = new FormData();`, ...entries], value: new Code(form) };
  }
  if (type === "application/x-www-form-urlencoded") return { value: flat(isRecord(value) ? value : {}), type };
  // A text would be sent as it is, without its quotes.
  return typeof value === "string" || value === null ? { value: JSON.stringify(value), type } : { value };
}

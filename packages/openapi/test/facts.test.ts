/** Nothing that is derived can go stale: any fact of an app that changes shows in what is made of it. */
import { createApp, graph, type Mount, policy, problem, route, security } from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { diffDocuments, documentOf, type OpenApiDocument } from "../src/index.ts";

/** A route as facts, each of which can be changed alone. */
interface Facts {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly tag: string;
  readonly deprecated: boolean;
  readonly param: "int" | "uuid";
  readonly limit: number;
  readonly filter: readonly [string, ...string[]];
  readonly header: string;
  readonly cookie: string;
  readonly title: number;
  readonly extra: "absent" | "optional" | "required";
  readonly status: 200 | 201;
  readonly output: "number" | "string";
  readonly nullable: boolean;
  readonly problemName: string;
  readonly problemStatus: number;
  readonly problemTitle: string;
  readonly problemData: boolean;
  readonly policy: string;
  readonly scheme: string;
}

const base: readonly Facts[] = Array.from({ length: 10 }, (_, i) => ({
  method: "POST",
  path: `/things${i}/:id`,
  summary: `Changes thing ${i}`,
  description: "And gives it.",
  tag: "things",
  deprecated: false,
  param: "int",
  limit: 100 + i,
  filter: ["open", "closed"],
  header: "x-client",
  cookie: "theme",
  title: 80,
  extra: "absent",
  status: 200,
  output: "number",
  nullable: false,
  problemName: "taken",
  problemStatus: 409,
  problemTitle: "Taken",
  problemData: false,
  policy: "member",
  scheme: "session",
}));

const changes: { readonly [Name in keyof Facts]: Facts[Name] } = {
  method: "PUT",
  path: "/moved/:id",
  summary: "Another summary",
  description: "Another description.",
  tag: "others",
  deprecated: true,
  param: "uuid",
  limit: 7,
  filter: ["open", "closed", "waiting"],
  header: "x-other",
  cookie: "language",
  title: 81,
  extra: "required",
  status: 201,
  output: "string",
  nullable: true,
  problemName: "locked",
  problemStatus: 423,
  problemTitle: "Locked",
  problemData: true,
  policy: "owner",
  scheme: "token",
};

function mountOf(facts: Facts): Mount {
  const extra = { absent: {}, optional: { extra: z.string().optional() }, required: { extra: z.string() } };
  const value = facts.output === "number" ? z.number() : z.string();
  const data = z.object({ by: z.string() });
  const { problemStatus, problemTitle } = facts;
  const shape = {
    use: [
      policy({ kind: facts.policy }),
      security({ name: facts.scheme, scheme: { type: "apiKey", in: "cookie", name: facts.scheme } }),
    ],
    params: z.object({ id: facts.param === "int" ? z.int() : z.uuid() }),
    query: z.object({ limit: z.int().max(facts.limit), filter: z.enum(facts.filter).optional() }),
    headers: z.object({ [facts.header]: z.string() }),
    cookies: z.object({ [facts.cookie]: z.string() }),
    body: z.object({ title: z.string().max(facts.title), ...extra[facts.extra] }),
    output: { [facts.status]: z.object({ value: facts.nullable ? value.nullable() : value }) },
    problems: {
      [facts.problemName]: facts.problemData
        ? problem(problemStatus, problemTitle, data)
        : problem(problemStatus, problemTitle),
    },
    summary: facts.summary,
    description: facts.description,
    tags: [facts.tag],
    deprecated: facts.deprecated,
  };
  return { method: facts.method, path: facts.path, route: { ...route(() => undefined), shape } };
}

interface Artefacts {
  readonly graph: string;
  readonly document: OpenApiDocument;
}

async function artefactsOf(facts: readonly Facts[]): Promise<Artefacts> {
  const made = await graph(createApp({ routes: facts.map(mountOf) }));
  return { graph: JSON.stringify(made), document: documentOf(made, { title: "Things" }) };
}

const names = Object.keys(changes) as readonly (keyof Facts)[];
const before = await artefactsOf(base);

test("what did not change is the same text", async () => {
  const again = await artefactsOf(structuredClone(base));
  expect(again.graph).toBe(before.graph);
  expect(JSON.stringify(again.document)).toBe(JSON.stringify(before.document));
});

describe(`${base.length * names.length} facts`, () => {
  test.each(names)("%s", async (name) => {
    for (const i of base.keys()) {
      const after = await artefactsOf(base.map((facts, j) => (i === j ? { ...facts, [name]: changes[name] } : facts)));
      expect(after.graph).not.toBe(before.graph);
      // A policy is for those who read the graph; how to get past it is a security scheme's to say.
      if (name === "policy") continue;
      expect(JSON.stringify(after.document)).not.toBe(JSON.stringify(before.document));
      const told = diffDocuments(before.document, after.document);
      expect(told).not.toEqual([]);
      // A key that is another is a route gone and one come; a tag is also listed for the whole document.
      const elsewhere = told.filter(({ operation }) => !operation.includes(`things${i}/`));
      if (!["method", "path", "tag"].includes(name)) expect(elsewhere).toEqual([]);
    }
  });
});

import type { Body, Content, DeclaredProblem, Field, Operation, Output } from "../model/model.ts";
import { comment, property } from "../typescript/comment.ts";
import { objectOf } from "../typescript/type-text.ts";
import { schemaText, type SchemaWriting } from "../zod/schema-text.ts";

/** One file: a route for each method of a path. */
export function routeFile(operations: readonly Operation[], schemas: string): string {
  const routes = operations.map(routeText).join("");
  const named = ["bytes", "form", "problem", "route", "stream", "text"].filter((name) =>
    new RegExp(`(?<![\\w.])${name}\\(`).test(routes),
  );
  const imports = [`import { ${named.join(", ")} } from "@openspeed/core";\n`];
  if (routes.includes("z.")) imports.push('import { z } from "zod";\n');
  if (/(?<!\w)schemas\./.test(routes)) imports.push(`import * as schemas from "${schemas}";\n`);
  return imports.join("") + routes;
}

const writing: SchemaWriting = { refer: (name) => `schemas.${name}`, indent: "    ", defaults: true };

function routeText(operation: Operation): string {
  const { method, summary, description, tags, deprecated, params, query, headers, cookies, body, outputs } = operation;
  const textual = params.every(
    ({ type }) => type.kind === "text" && Object.keys(type).every((key) => /^(?:kind|description)$/.test(key)),
  );
  const lines = [
    ...(summary === undefined ? [] : [`summary: ${JSON.stringify(summary)}`]),
    ...(tags.length === 0 ? [] : [`tags: ${JSON.stringify(tags)}`]),
    ...(deprecated === true ? ["deprecated: true"] : []),
    ...(textual && params.length === 0 ? [] : fields("params", params)),
    ...fields("query", query),
    ...fields("headers", headers),
    ...fields("cookies", cookies),
    ...(body === undefined ? [] : [`body: ${bodyText(body)}`]),
    ...outputText(outputs),
    `problems: ${problemsText(operation.problems)}`,
  ];
  const shape = lines.map((line) => `    ${line},\n`).join("");
  return `\n${comment({ description }, "")}export const ${method} = route(\n  {\n${shape}  },\n  ({ fail }) => fail.notImplemented(),\n);\n`;
}

function fields(name: string, given: readonly Field[]): readonly string[] {
  return given.length === 0 ? [] : [`${name}: ${schemaText(objectOf(given), writing)}`];
}

function bodyText({ form, media, type, required }: Body): string {
  if (form === "text") return `text([${JSON.stringify(media)}])`;
  if (form === "bytes") return `bytes([${JSON.stringify(media)}])`;
  // Parts are for @openspeed/multipart, which needs to be told which of them are files.
  if (form !== "json" && form !== "form") return `stream([${JSON.stringify(media)}])`;
  const text = schemaText(type, { ...writing, defaults: false });
  const schema = required ? text : `${text}.optional()`;
  return form === "form" ? `form(${schema})` : schema;
}

function outputText(outputs: readonly Output[]): readonly string[] {
  const [first] = outputs;
  if (first === undefined) return [];
  const offers =
    first.content === undefined || first.content.form === "json"
      ? []
      : [`offers: [${JSON.stringify(first.content.media)}]`];
  const only =
    outputs.length === 1 && first.status === 200 && first.content !== undefined
      ? contentText(first.content)
      : undefined;
  if (only !== undefined) return [`output: ${only}`, ...offers];
  const inner = { ...writing, indent: "      " };
  const each = outputs.map(
    ({ status, content }) =>
      `      ${status}: ${content === undefined ? "null" : (contentText(content, inner) ?? "z.unknown()")},\n`,
  );
  return [`output: {\n${each.join("")}    }`, ...offers];
}

function contentText({ form, type }: Content, inner: SchemaWriting = writing): string | undefined {
  if (form === "text") return "z.string()";
  if (form === "bytes" || form === "multipart") return "z.unknown()";
  return schemaText(type, { ...inner, defaults: false });
}

function problemsText(problems: readonly DeclaredProblem[]): string {
  const inner = { ...writing, indent: "      ", defaults: false };
  const declared = problems.flatMap(({ name, status, title, content }) => {
    if (status === undefined || name === "notImplemented") return [];
    const data = content?.form === "json" && content.type.kind !== "any" ? `, ${schemaText(content.type, inner)}` : "";
    return [`      ${property(name)}: problem(${status}, ${JSON.stringify(title)}${data}),\n`];
  });
  return `{\n${declared.join("")}      notImplemented: problem(501, "Not implemented"),\n    }`;
}

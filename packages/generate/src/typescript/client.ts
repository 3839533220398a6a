import { type GeneratedFile, type Generator, MARK } from "../generator.ts";
import type { Content, Field, Operation } from "../model/model.ts";
import { partsOf, type Type } from "../model/type.ts";
import { ENDPOINT, entryText } from "./client-files.ts";
import { comment, property } from "./comment.ts";
import { declaration } from "./schemas.ts";
import { memberText, objectOf, objectText, typeText } from "./type-text.ts";

/** Types for `createClient` of `@openspeed/client`: one interface whose members cost nothing before they are touched. */
export const client: Generator = {
  name: "client",
  description: "a typed client, for @openspeed/client",
  generate(model): readonly GeneratedFile[] {
    const head = `// ${MARK}\n// ${model.title.replaceAll(/\s+/g, " ")} ${model.version}\n`;
    const { operations, schemas } = model;
    const used = operations.some((operation) => typesIn(operation).some(refers)) && schemas.length > 0;
    const imports = [`import type { Endpoint } from "./endpoint.ts";`];
    if (used) imports.push(`import type * as schemas from "./schemas.ts";`);
    const members = operations.map(memberOf).join("");
    return [
      { path: "client.ts", text: head + entryText(model) },
      { path: "api.ts", text: `${head}${imports.join("\n")}\n\nexport interface Api {\n${members}}\n` },
      { path: "endpoint.ts", text: head + ENDPOINT },
      {
        path: "schemas.ts",
        text: `${head}${schemas.map((each) => `\n${declaration(each)}`).join("") || "export {};\n"}`,
      },
    ];
  },
};

const writing = { refer: (name: string): string => `schemas.${name}`, indent: "    " };

function memberOf(operation: Operation): string {
  const parts = [inputText(operation), outputsText(operation), problemsText(operation)];
  while (parts.at(-1) === "{}") parts.pop();
  const input = parts.length === 0 ? "" : `<\n    ${parts.join(",\n    ")}\n  >`;
  return `${comment(operation, "  ")}  ${JSON.stringify(operation.key)}: Endpoint${input};\n`;
}

function inputText({ params, query, headers, body }: Operation): string {
  const inner = { ...writing, indent: "      " };
  const lines: string[] = [];
  const add = (name: string, fields: readonly Field[]): void => {
    if (fields.length > 0) lines.push(`${inner.indent}${name}: ${objectText(objectOf(fields), inner)};\n`);
  };
  add("params", params);
  add("query", query);
  add("headers", [...headers, ...(body === undefined ? [] : mediaField(body))]);
  if (body !== undefined) {
    const said = body.type.description ?? body.description;
    const type = { ...body.type, ...(said !== undefined && { description: said }) };
    const text = bodyText({ ...body, type });
    lines.push(
      text === undefined
        ? memberText("body", true, type, inner)
            .replace("readonly ", "")
            .replace(/;\n$/, body.required ? ";\n" : " | undefined;\n")
        : `${comment(type, inner.indent)}${inner.indent}body: ${text}${body.required ? "" : " | undefined"};\n`,
    );
  }
  return lines.length === 0 ? "{}" : `{\n${lines.join("")}    }`;
}

/** A client writes JSON, unless it is told otherwise: other media types have to be named. */
function mediaField({ form, media }: Content): readonly Field[] {
  if (form !== "form" && form !== "text") return [];
  return [{ name: "content-type", required: true, type: { kind: "literal", values: [media] } }];
}

/** Where the body is not what the schema says. */
function bodyText({ form }: Content): string | undefined {
  return {
    multipart: "FormData",
    bytes: "Blob",
    text: "string",
    events: "string",
    lines: "string",
    json: undefined,
    form: undefined,
  }[form];
}

function outputsText({ outputs }: Operation): string {
  const successes = outputs.filter(({ status }) => status < 300);
  if (successes.length === 0) return "{}";
  const each = successes.map(({ status, content, description }) => {
    const said = content === undefined ? description : undefined;
    return `${comment({ description: said }, "      ")}      ${status}: ${content === undefined ? "undefined" : receivedText(content)};\n`;
  });
  return `{\n${each.join("")}    }`;
}

function receivedText({ form, type }: Content): string {
  const inner = { ...writing, indent: "      " };
  if (form === "bytes" || form === "multipart") return "Uint8Array";
  if (form === "text") return "string";
  const text = typeText(type, inner);
  return form === "events" || form === "lines" ? `AsyncIterable<${text}>` : text;
}

function problemsText({ problems }: Operation): string {
  if (problems.length === 0) return "{}";
  const inner = { ...writing, indent: "      " };
  const each = problems.map(({ name, status, content }) => {
    const data =
      content === undefined ? "undefined" : content.form === "json" ? typeText(content.type, inner) : "unknown";
    return `      ${property(name)}: [${status ?? "number"}, ${data}];\n`;
  });
  return `{\n${each.join("")}    }`;
}

function typesIn({ params, query, headers, body, outputs, problems }: Operation): readonly Type[] {
  const contents = [body, ...outputs.map(({ content }) => content), ...problems.map(({ content }) => content)];
  const fields = [...params, ...query, ...headers].map(({ type }) => type);
  return [...fields, ...contents.flatMap((content) => (content === undefined ? [] : [content.type]))];
}

function refers(type: Type): boolean {
  return type.kind === "ref" || partsOf(type).some(refers);
}

import { type GeneratedFile, type Generator, MARK } from "../generator.ts";
import type { Content, Field, Operation } from "../model/model.ts";
import { camel } from "../model/names.ts";
import { comment, property } from "../typescript/comment.ts";
import { objectOf } from "../typescript/type-text.ts";
import { schemaText, type SchemaWriting } from "./schema-text.ts";
import { schemasFile } from "./schemas-file.ts";

/** Zod 4 schemas of everything that has a name, and of what each operation takes and gives. */
export const zod: Generator = {
  name: "zod",
  description: "zod 4 schemas of the document's schemas and operations",
  generate(model): readonly GeneratedFile[] {
    const head = `// ${MARK}\n// ${model.title.replaceAll(/\s+/g, " ")} ${model.version}\n`;
    const operations = model.operations.map(operationText);
    const imports = operations.some((text) => text.includes("schemas."))
      ? `import { z } from "zod";\nimport * as schemas from "./schemas.ts";\n`
      : `import { z } from "zod";\n`;
    return [
      { path: "schemas.ts", text: schemasFile(model.schemas, head) },
      { path: "operations.ts", text: `${head}${imports}${operations.join("")}` },
    ];
  },
};

const writing: SchemaWriting = { refer: (name) => `schemas.${name}`, indent: "  ", defaults: true };

function operationText(operation: Operation): string {
  const { params, query, headers, cookies, body, outputs, problems } = operation;
  const lines = [
    ...fields("params", params),
    ...fields("query", query),
    ...fields("headers", headers),
    ...fields("cookies", cookies),
    ...(body === undefined ? [] : [`  body: ${contentText(body, writing)}${body.required ? "" : ".optional()"},\n`]),
    ...byName(
      "outputs",
      outputs.map(({ status, content }) => [String(status), content] as const),
    ),
    ...byName(
      "problems",
      problems.map(({ name, content }) => [name, content] as const),
    ),
  ];
  const said = { ...operation, summary: [operation.key, operation.summary].filter(Boolean).join(": ") };
  return `\n${comment(said, "")}export const ${camel(operation.name)} = {\n${lines.join("")}};\n`;
}

function fields(name: string, given: readonly Field[]): readonly string[] {
  return given.length === 0 ? [] : [`  ${name}: ${schemaText(objectOf(given), writing)},\n`];
}

function byName(name: string, given: readonly (readonly [string, Content | undefined])[]): readonly string[] {
  if (given.length === 0) return [];
  const inner = { ...writing, indent: "    " };
  const each = given.map(
    ([key, content]) =>
      `    ${property(key)}: ${content === undefined ? "z.undefined()" : contentText(content, inner)},\n`,
  );
  return [`  ${name}: {\n${each.join("")}  },\n`];
}

function contentText({ form, type }: Content, inner: SchemaWriting): string {
  if (form === "text") return "z.string()";
  return form === "bytes" ? "z.instanceof(Uint8Array)" : schemaText(type, { ...inner, defaults: false });
}

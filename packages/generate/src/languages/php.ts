import { type GeneratedFile, type Generator, MARK } from "../generator.ts";
import type { NamedSchema, Operation } from "../model/model.ts";
import { camel } from "../model/names.ts";
import type { Type } from "../model/type.ts";
import { type Argument, argumentsOf, lineOf, resultOf } from "./arguments.ts";
import { flatModel, withoutNull } from "./flat.ts";
import { PHP } from "./php-runtime.ts";

/** PHP 8.1 without a package: arrays, as `json_decode` gives them, with shapes that PHPStan and Psalm read. */
export const php: Generator = {
  name: "php",
  description: "a client in PHP 8.1, nothing but PHP",
  generate(given): readonly GeneratedFile[] {
    const model = flatModel(given);
    const head = `<?php\n// ${MARK}\ndeclare(strict_types=1);\n\nnamespace Api;\n`;
    const base = model.servers[0]?.replace(/\/$/, "") ?? "";
    const types = model.schemas.map(shape).join("");
    const imports = model.schemas.map(({ name }) => ` * @phpstan-import-type ${name} from Models\n`).join("");
    const methods = model.operations.map(method).join("");
    return [
      {
        path: "Models.php",
        text: `${head}\n/**\n * The shapes of what is sent and received.\n *\n${types} */\nfinal class Models\n{\n}\n`,
      },
      { path: "Problem.php", text: head + PHP.problem },
      {
        path: "Client.php",
        text: `${head}\n/**\n${imports} */\n${PHP.client.replace("DEFAULT_BASE", single(base))}${methods}}\n`,
      },
    ];
  },
};

function single(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

function shape({ name, type }: NamedSchema): string {
  if (type.kind !== "object" || type.members.length === 0) return ` * @phpstan-type ${name} ${said(type)}\n`;
  const members = type.members.map(({ name: member, required, type: of }) => {
    const key = /^[A-Za-z_]\w*$/.test(member) ? member : single(member.replaceAll("*/", "* /"));
    return `${key}${required ? "" : "?"}: ${said(of)}`;
  });
  return ` * @phpstan-type ${name} array{${members.join(", ")}}\n`;
}

/** What a doc comment says. */
function said(type: Type): string {
  switch (type.kind) {
    case "ref":
      return type.name;
    case "text":
      return "string";
    case "number":
      return type.integer ? "int" : "float";
    case "boolean":
      return "bool";
    case "null":
      return "null";
    case "literal":
      return type.values
        .map((value) => (typeof value === "string" ? single(value.replaceAll("*/", "* /")) : String(value)))
        .join("|");
    case "array":
      return `list<${said(type.items)}>`;
    case "object":
      return `array<string, ${typeof type.rest === "string" ? "mixed" : said(type.rest)}>`;
    case "union":
      return type.of.map(said).join("|");
    default:
      return "mixed";
  }
}

/** What PHP itself checks. */
function native(given: Type, required: boolean): string {
  const { type, nullable } = withoutNull(given);
  const plain: { readonly [kind: string]: string | undefined } = {
    text: "string",
    number: "float",
    boolean: "bool",
    array: "array",
    object: "array",
  };
  const own = type.kind === "number" && type.integer ? "int" : (plain[type.kind] ?? "mixed");
  return own === "mixed" || (required && !nullable) ? own : `?${own}`;
}

function method(operation: Operation): string {
  const given = argumentsOf(operation, (name) => (camel(name) === "this" ? "this_" : camel(name)));
  const result = resultOf(operation);
  const gives = { json: "mixed", text: "string", bytes: "string", none: "void" }[result.form];
  const path = operation.path
    .split(/:(\w+)/)
    .map((part, i) =>
      i % 2 === 0
        ? single(part)
        : `self::segment($${given.find((each) => each.place === "params" && each.name === part)?.own ?? ""})`,
    )
    .filter((part) => part !== "''");
  const pairs = (place: Argument["place"]): string =>
    `[${given
      .filter((each) => each.place === place)
      .map(({ name, own }) => `${single(name)} => $${own}`)
      .join(", ")}]`;
  const body = given.find(({ place }) => place === "body");
  const lines = [
    `${operation.key}${operation.summary === undefined ? "" : `: ${lineOf(operation.summary)}`}`,
    "",
    ...given.map(({ own, type, required }) => `@param ${said(type)}${required ? "" : "|null"} $${own}`),
    ...(result.form === "json" ? [`@return ${said(result.type)}`] : []),
    "@throws Problem",
  ];
  const comment = lines.map((line) => `     *${line === "" ? "" : ` ${line.replaceAll("*/", "* /")}`}\n`).join("");
  const takes = given.map(({ own, type, required }) => `${native(type, required)} $${own}${required ? "" : " = null"}`);
  const sent = [
    single(operation.method),
    path.join(" . ") || "'/'",
    pairs("query"),
    pairs("headers"),
    single(result.form),
    ...(body === undefined ? [] : [`$${body.own}`, single(operation.body?.media ?? "application/json")]),
  ];
  return (
    `\n    /**\n${comment}     */\n    public function ${camel(operation.name)}(${takes.join(", ")}): ${gives}\n    {\n` +
    `        ${gives === "void" ? "" : "return "}$this->send(${sent.join(", ")});\n    }\n`
  );
}

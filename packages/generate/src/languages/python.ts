import { type GeneratedFile, type Generator, MARK } from "../generator.ts";
import type { NamedSchema, Operation } from "../model/model.ts";
import { snake } from "../model/names.ts";
import type { Type } from "../model/type.ts";
import { type Argument, argumentsOf, lineOf, resultOf } from "./arguments.ts";
import { basisOf, flatModel } from "./flat.ts";
import { PYTHON } from "./python-runtime.ts";

/** Python 3.11 with the standard library alone: `TypedDict`s, which are what JSON is, and a method for each operation. */
export const python: Generator = {
  name: "python",
  description: "a client in Python 3.11, standard library only",
  generate(given): readonly GeneratedFile[] {
    const model = flatModel(given);
    const head = `# ${MARK}\n`;
    const typing =
      "from __future__ import annotations\n\nfrom typing import Any, Literal, NotRequired, TypedDict, Union\n";
    const base = model.servers[0];
    const init =
      base?.startsWith("http") === true ? `base: str = ${JSON.stringify(base.replace(/\/$/, ""))}` : "base: str";
    const methods = model.operations.map(method).join("");
    return [
      { path: "__init__.py", text: `${head}from .client import Client, Problem\n\n__all__ = ["Client", "Problem"]\n` },
      { path: "models.py", text: `${head}${typing}${model.schemas.map(declaration).join("")}` },
      { path: "client.py", text: head + PYTHON.replace("base: str", init) + methods },
    ];
  },
};

const WORDS = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global if import " +
    "in is lambda nonlocal not or pass raise return try while with yield self body"
  ).split(" "),
);

function named(name: string): string {
  const own = snake(name);
  return WORDS.has(own) && name !== "body" ? `${own}_` : own;
}

function declaration({ name, type }: NamedSchema): string {
  const own = typeName(name);
  if (type.kind !== "object" || type.members.length === 0) return `\n${own} = ${text(type)}\n`;
  const members = type.members.map(({ name: member, required, type: of }) => {
    const annotation = required ? text(of) : `NotRequired[${text(of)}]`;
    return [member, annotation] as const;
  });
  const plain = members.every(([member]) => /^[A-Za-z]\w*$/.test(member) && !WORDS.has(member));
  const said = lineOf(type.description).replaceAll("\\", "\\\\").replaceAll('"', "'");
  if (!plain) {
    const lines = members.map(
      ([member, annotation]) => `    ${JSON.stringify(member)}: ${JSON.stringify(annotation)},\n`,
    );
    return `\n\n${own} = TypedDict(${JSON.stringify(own)}, {\n${lines.join("")}})\n`;
  }
  const lines = members.map(([member, annotation]) => `    ${member}: ${annotation}\n`);
  return `\n\nclass ${own}(TypedDict):\n${said === "" ? "" : `    """${said}"""\n\n`}${lines.join("")}`;
}

function typeName(name: string): string {
  return ["Any", "Literal", "NotRequired", "TypedDict", "Union"].includes(name) ? `${name}_` : name;
}

/** Names in quotes, because what they name may come later. */
function text(type: Type, prefix = ""): string {
  switch (type.kind) {
    case "any":
    case "never":
      return "Any";
    case "ref":
      return prefix === "" ? `"${typeName(type.name)}"` : prefix + typeName(type.name);
    case "text":
      return "str";
    case "number":
      return type.integer ? "int" : "float";
    case "boolean":
      return "bool";
    case "null":
      return "None";
    case "literal": {
      if (basisOf(type.values.filter((value) => value !== null)) === "number") return "float";
      return `Literal[${type.values.map(value).join(", ")}]`;
    }
    case "array":
      return `list[${text(type.items, prefix)}]`;
    case "object":
      return `dict[str, ${typeof type.rest === "string" ? "Any" : text(type.rest, prefix)}]`;
    case "union":
      return `Union[${type.of.map((each) => text(each, prefix)).join(", ")}]`;
    case "intersection":
      return "Any";
  }
}

function value(literal: unknown): string {
  if (literal === null) return "None";
  return typeof literal === "boolean" ? (literal ? "True" : "False") : JSON.stringify(literal);
}

function method(operation: Operation): string {
  const given = argumentsOf(operation, named);
  const result = resultOf(operation);
  const gives = { json: text(result.type, "models."), text: "str", bytes: "bytes", none: "None" }[result.form];
  const written = given.map(({ own, required, type }) => {
    const of = text(type, "models.");
    return required ? `${own}: ${of}` : `${own}: Union[${of}, None] = None`;
  });
  const path = operation.path
    .replaceAll("{", "{{")
    .replaceAll("}", "}}")
    .replace(/:(\w+)/g, (_, name: string) => {
      const own = given.find((each) => each.place === "params" && each.name === name)?.own ?? "";
      return `{_path(${own})}`;
    });
  const pairs = (place: Argument["place"]): string =>
    given
      .filter((each) => each.place === place)
      .map(({ name, own }) => `${JSON.stringify(name)}: ${own}`)
      .join(", ");
  const body = given.find(({ place }) => place === "body");
  const sent = [
    `query={${pairs("query")}}`,
    `headers={${pairs("headers")}}`,
    ...(body === undefined
      ? []
      : [`body=${body.own}`, `media=${JSON.stringify(operation.body?.media ?? "application/json")}`]),
    `result=${JSON.stringify(result.form)}`,
  ];
  const said = [operation.key, lineOf(operation.summary)].filter((each) => each !== "").join(": ");
  const quoted = said.replaceAll("\\", "\\\\").replaceAll('"', "'");
  const self = ["self", ...(written.length > 0 ? ["*"] : []), ...written].join(", ");
  return (
    `\n    def ${named(operation.name)}(${self}) -> ${gives}:\n        """${quoted}"""\n` +
    `        return self._send(${JSON.stringify(operation.method)}, f${JSON.stringify(path)}, ${sent.join(", ")})\n`
  );
}

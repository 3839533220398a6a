import { type GeneratedFile, type Generator, MARK } from "../generator.ts";
import type { NamedSchema, Operation } from "../model/model.ts";
import { makeNames, pascal, snake } from "../model/names.ts";
import type { Type } from "../model/type.ts";
import { type Argument, argumentsOf, lineOf, resultOf } from "./arguments.ts";
import { basisOf, flatModel, withoutNull } from "./flat.ts";
import { RUST } from "./rust-runtime.ts";

/** Rust 2021 with serde. Rust has no HTTP of its own: the client sends through a trait of one function. */
export const rust: Generator = {
  name: "rust",
  description: "a client in Rust 2021 with serde, over any HTTP library",
  generate(given): readonly GeneratedFile[] {
    const model = flatModel(given);
    const head = `// ${MARK}\n`;
    const nameFor = makeNames();
    for (const own of [
      "Client",
      "Request",
      "Response",
      "Transport",
      "Error",
      "String",
      "Vec",
      "Option",
      "Box",
      "Value",
      "BTreeMap",
    ])
      nameFor(own);
    const names = new Map(model.schemas.map(({ name }) => [name, nameFor(exported(name))]));
    const refer = (name: string): string => names.get(name) ?? exported(name);
    const structs = model.schemas.map((each) => declaration(each, refer)).join("");
    const inputs: string[] = [];
    const methods = model.operations.map((each) => method(each, refer, nameFor, inputs)).join("");
    const base = model.servers[0]?.replace(/\/$/, "") ?? "";
    return [
      { path: "src/models.rs", text: `${head}${MODELS}${structs}${inputs.join("")}` },
      {
        path: "src/lib.rs",
        text: `${head}${RUST.replace("DEFAULT_BASE", JSON.stringify(base)).replace("    // METHODS\n", () => methods)}`,
      },
      { path: "Cargo.toml", text: `# ${MARK}\n${CARGO}` },
    ];
  },
};

const MODELS = `#![allow(dead_code)]
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
`;

const CARGO = `[package]
name = "api"
version = "0.1.0"
edition = "2021"

[dependencies]
serde = { version = "1", features = ["derive"] }
serde_json = "1"
`;

type Refer = (name: string) => string;

const WORDS = new Set(
  (
    "as async await break const continue crate dyn else enum extern false fn for gen if impl in let loop match mod move mut pub ref return " +
    "self static struct super trait true try type unsafe use where while yield abstract become box do final macro override priv " +
    "typeof unsized virtual"
  ).split(" "),
);

function named(name: string): string {
  const own = snake(name);
  return WORDS.has(own) ? `${own}_` : own;
}

function exported(name: string): string {
  const own = pascal(name);
  return own.startsWith("_") ? `X${own.slice(1)}` : own;
}

function declaration({ name, type }: NamedSchema, refer: Refer): string {
  const said = lineOf(type.description);
  const comment = said === "" ? "" : `/// ${said}\n`;
  if (type.kind !== "object" || type.members.length === 0) {
    // A type that is another name for itself is none.
    const text = textOf(type, refer);
    return `\n${comment}pub type ${refer(name)} = ${text.includes(`Box<${refer(name)}>`) ? "Value" : text};\n`;
  }
  const own = makeNames();
  const fields = type.members.map((member) => {
    const of = member.required ? textOf(member.type, refer) : maybe(member.type, refer);
    const field = own(named(member.name));
    const skip = member.required ? "" : `, default, skip_serializing_if = "Option::is_none"`;
    return `    #[serde(rename = ${JSON.stringify(member.name)}${skip})]\n    pub ${field}: ${of},\n`;
  });
  return `\n${comment}#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]\npub struct ${refer(name)} {\n${fields.join("")}}\n`;
}

function textOf(given: Type, refer: Refer): string {
  const { type, nullable } = withoutNull(given);
  if (nullable) return maybe(type, refer);
  switch (type.kind) {
    case "ref":
      return `Box<${refer(type.name)}>`;
    case "text":
      return "String";
    case "number":
      return type.integer ? "i64" : "f64";
    case "boolean":
      return "bool";
    case "literal":
      return { text: "String", integer: "i64", number: "f64", boolean: "bool", any: "Value" }[basisOf(type.values)];
    case "array":
      return `Vec<${textOf(type.items, refer)}>`;
    case "object":
      return `BTreeMap<String, ${typeof type.rest === "string" ? "Value" : textOf(type.rest, refer)}>`;
    default:
      return "Value";
  }
}

function maybe(given: Type, refer: Refer): string {
  return `Option<${textOf(withoutNull(given).type, refer)}>`;
}

function method(operation: Operation, refer: Refer, nameFor: (wanted: string) => string, inputs: string[]): string {
  const given = argumentsOf(operation, named);
  const result = resultOf(operation);
  const input = nameFor(`${exported(operation.name)}Input`);
  const inModels = (text: string): string => text.replace(/Box<(\w+)>/g, "Box<models::$1>");
  if (given.length > 0) {
    const fields = given.map(
      ({ own, required, type }) => `    pub ${own}: ${required ? textOf(type, refer) : maybe(type, refer)},\n`,
    );
    inputs.push(`\n#[derive(Debug, Clone, PartialEq)]\npub struct ${input} {\n${fields.join("")}}\n`);
  }
  const gives = { json: inModels(textOf(result.type, refer)), text: "String", bytes: "Vec<u8>", none: "()" }[
    result.form
  ];
  const parts = operation.path.split(/:(\w+)/).map((part, i) => {
    if (i % 2 === 0) return `        r.path.push_str(${JSON.stringify(part)});\n`;
    return `        r.segment(&input.${given.find((each) => each.place === "params" && each.name === part)?.own ?? ""})?;\n`;
  });
  const adds = (place: Argument["place"]): string =>
    given
      .filter((each) => each.place === place)
      .map(
        ({ name, own }) =>
          `        r.${place === "query" ? "ask" : "head"}(${JSON.stringify(name)}, &input.${own})?;\n`,
      )
      .join("");
  const body = given.find(({ place }) => place === "body");
  const sent =
    body === undefined ? "" : `        r.carry(${JSON.stringify(operation.body?.media)}, &input.${body.own})?;\n`;
  const said = [operation.key, lineOf(operation.summary)].filter((each) => each !== "").join(": ");
  const takes = given.length === 0 ? "&self" : `&self, input: &models::${input}`;
  const read = { json: "json", text: "text", bytes: "bytes", none: "nothing" }[result.form];
  return (
    `\n    /// ${said}\n    pub fn ${named(operation.name)}(${takes}) -> Result<${gives}, Error> {\n` +
    `        let mut r = Request::new(${JSON.stringify(operation.method)});\n${parts.filter((part) => !part.includes('push_str("")')).join("")}` +
    `${adds("query")}${adds("headers")}${sent}        self.send(r)?.${read}()\n    }\n`
  );
}

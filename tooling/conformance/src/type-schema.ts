/** JSON Schema 2020-12 from TypeScript declarations, as far as plain data needs it: what it cannot say, it refuses. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { JsonSchema } from "@openspeed/core";
import {
  type Comment,
  parseSync,
  type TSInterfaceDeclaration,
  type TSPropertySignature,
  type TSSignature,
  type TSType,
  type TSTypeAliasDeclaration,
} from "oxc-parser";

export interface TypeSchemaOptions {
  /** Schemas that stand for types, by their names. */
  readonly known?: { readonly [name: string]: JsonSchema };
  /** Whether members that the type does not declare are refused. Default `false`: a reader has to live with newer ones. */
  readonly closed?: boolean;
}

/** The schema of a declared type; every named type that it reaches is one of its `$defs`. */
export function typeSchema(
  file: string,
  name: string,
  { known = {}, closed = false }: TypeSchemaOptions = {},
): JsonSchema {
  const definitions = new Map<string, JsonSchema>();
  const root = define(find(file, name));
  return { ...root, $defs: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))) };

  function define({ declaration, module }: Found): JsonSchema {
    const described = describe(declaration, module);
    if (declaration.type === "TSTypeAliasDeclaration")
      return { ...described, ...typed(declaration.typeAnnotation, module) };
    return { ...described, ...object(membersOf(declaration, module)) };
  }

  function typed(type: TSType, module: Module): JsonSchema {
    switch (type.type) {
      case "TSStringKeyword":
        return { type: "string" };
      case "TSNumberKeyword":
        return { type: "number" };
      case "TSBooleanKeyword":
        return { type: "boolean" };
      case "TSNullKeyword":
        return { type: "null" };
      case "TSUnknownKeyword":
        return {};
      case "TSLiteralType":
        if (type.literal.type === "Literal") return { const: type.literal.value };
        break;
      case "TSArrayType":
        return { type: "array", items: typed(type.elementType, module) };
      case "TSTypeOperator":
        if (type.operator === "readonly") return typed(type.typeAnnotation, module);
        break;
      case "TSParenthesizedType":
        return typed(type.typeAnnotation, module);
      case "TSTypeLiteral":
        return object(type.members.map((member) => ({ member, module })));
      case "TSIntersectionType":
        return object(type.types.flatMap((each) => membersOf(each, module)));
      case "TSUnionType": {
        const branches = type.types.map((each) => typed(each, module));
        const constants = branches.map((branch) => branch["const"]);
        return constants.includes(undefined) ? { anyOf: branches } : { enum: constants };
      }
      case "TSTypeReference":
        if (type.typeName.type === "Identifier") return reference(type.typeName.name, module);
        break;
      default:
    }
    throw new TypeError(`${module.file}: a ${type.type} at ${type.start} has no JSON Schema.`);
  }

  function reference(to: string, module: Module): JsonSchema {
    const own = known[to];
    if (own !== undefined) return own;
    if (!definitions.has(to)) {
      definitions.set(to, {});
      definitions.set(to, define(find(module.file, to)));
    }
    return { $ref: `#/$defs/${to}` };
  }

  function object(members: readonly Member[]): JsonSchema {
    const properties: Record<string, JsonSchema> = {};
    const required: string[] = [];
    let others: JsonSchema | boolean = !closed;
    for (const { member, module } of members) {
      if (member.type === "TSIndexSignature") others = typed(member.typeAnnotation.typeAnnotation, module);
      else {
        const { key, typeAnnotation, optional } = property(member, module);
        properties[key] = { ...describe(member, module), ...(typeAnnotation && typed(typeAnnotation, module)) };
        if (!optional) required.push(key);
      }
    }
    return {
      type: "object",
      ...(Object.keys(properties).length > 0 && { properties, required }),
      ...(others !== true && { additionalProperties: others }),
    };
  }
}

interface Module {
  readonly file: string;
  readonly source: string;
  readonly comments: readonly Comment[];
  readonly declared: ReadonlyMap<string, Declaration>;
  /** Files by the names that are imported from them. */
  readonly imported: ReadonlyMap<string, string>;
}
type Declaration = TSInterfaceDeclaration | TSTypeAliasDeclaration;
interface Found {
  readonly declaration: Declaration;
  readonly module: Module;
}
interface Member {
  readonly member: TSSignature;
  readonly module: Module;
}

function property(
  member: TSSignature,
  { file }: Module,
): { readonly key: string; readonly typeAnnotation: TSType | undefined; readonly optional: boolean } {
  const is: TSPropertySignature | undefined = member.type === "TSPropertySignature" ? member : undefined;
  if (is?.key.type !== "Identifier") throw new TypeError(`${file}: a member at ${member.start} is no plain data.`);
  return { key: is.key.name, typeAnnotation: is.typeAnnotation?.typeAnnotation, optional: is.optional };
}

/** What an interface has, with what it extends; what the parts of an intersection have. */
function membersOf(type: TSType | Declaration, module: Module): readonly Member[] {
  if (type.type === "TSTypeLiteral") return type.members.map((member) => ({ member, module }));
  if (type.type === "TSInterfaceDeclaration") {
    const above = type.extends.flatMap(({ expression }) =>
      expression.type === "Identifier" ? inherited(expression.name, module) : [],
    );
    return [...above, ...type.body.body.map((member) => ({ member, module }))];
  }
  if (type.type === "TSTypeReference" && type.typeName.type === "Identifier")
    return inherited(type.typeName.name, module);
  throw new TypeError(`${module.file}: a ${type.type} at ${type.start} has no members.`);
}

function inherited(name: string, { file }: Module): readonly Member[] {
  const { declaration, module } = find(file, name);
  return membersOf(declaration, module);
}

function find(file: string, name: string): Found {
  const module = read(file);
  const declaration = module.declared.get(name);
  if (declaration !== undefined) return { declaration, module };
  const elsewhere = module.imported.get(name);
  if (elsewhere === undefined) throw new TypeError(`${file}: there is no type ${name}.`);
  return find(elsewhere, name);
}

function read(file: string): Module {
  const source = readFileSync(file, "utf8");
  const { program, comments } = parseSync(file, source);
  const declared = new Map<string, Declaration>();
  const imported = new Map<string, string>();
  for (const statement of program.body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type === "TSInterfaceDeclaration" || declaration?.type === "TSTypeAliasDeclaration")
      declared.set(declaration.id.name, declaration);
    if (statement.type !== "ImportDeclaration" || !statement.source.value.startsWith(".")) continue;
    for (const { local } of statement.specifiers) imported.set(local.name, resolve(file, "..", statement.source.value));
  }
  return { file, source, comments, declared, imported };
}

/** What the doc comment right before it says. */
function describe(
  { start }: { readonly start: number },
  { source, comments }: Module,
): { readonly description?: string } {
  const comment = comments.findLast((each) => each.end <= start);
  if (comment === undefined || !comment.value.startsWith("*")) return {};
  if (!/^\s*(?:export\s+)?$/.test(source.slice(comment.end, start))) return {};
  const description = comment.value
    .replace(/^\s*\*+/gm, "")
    .replaceAll(/\s+/g, " ")
    .trim();
  return { description };
}

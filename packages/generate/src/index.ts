export type { Diagnostic } from "./diagnostic.ts";
export { GenerateError } from "./fault.ts";
export { generate, type GenerateOptions, type Generation } from "./generate.ts";
export type { GeneratedFile, Generator, GeneratorOptions } from "./generator.ts";
export { generators } from "./generators.ts";
export type {
  Body,
  Content,
  DeclaredProblem,
  Field,
  Form,
  Model,
  NamedSchema,
  Note,
  Operation,
  Output,
} from "./model/model.ts";
export { modelOf } from "./model/model-of.ts";
export type {
  AnyType,
  ArrayType,
  BooleanType,
  IntersectionType,
  LiteralType,
  Member,
  NullType,
  NumberType,
  ObjectType,
  RefType,
  Said,
  Scalar,
  TextType,
  Type,
  UnionType,
} from "./model/type.ts";
export type { Json } from "./record.ts";
export { readSource, type ReadOptions, type Source, sourceOf } from "./source/read.ts";
export type { Step } from "./write/plan.ts";

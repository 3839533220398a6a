import { parseSync, Visitor } from "oxc-parser";

export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** Gone at run time. `import { type A }` is not: under verbatimModuleSyntax the module is still loaded. */
  readonly typeOnly: boolean;
}

/** Every module that a source names: imports, re-exports, `import("…")` of a literal, and `import("…")` in types. */
export function importsOf(file: string, source: string): readonly Import[] {
  const { program, errors } = parseSync(file, source);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${file}: ${error.message}`);
  const found: Import[] = [];
  const add = (specifier: string, offset: number, typeOnly: boolean): void => {
    found.push({ specifier, line: lineAt(source, offset), typeOnly });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source.value, node.start, node.importKind === "type"),
    ExportAllDeclaration: (node) => add(node.source.value, node.start, node.exportKind === "type"),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) add(node.source.value, node.start, node.exportKind === "type");
    },
    ImportExpression: (node) => {
      if (node.source.type === "Literal" && typeof node.source.value === "string") {
        add(node.source.value, node.start, false);
      }
    },
    TSImportType: (node) => add(node.source.value, node.start, true),
  }).visit(program);
  return found;
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split("\n").length;
}

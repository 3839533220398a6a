/** Random folders of routes. The names are few, so that files meet: most trees have conflicts, params that compete, or both. */
import fc from "fast-check";

/** Files by their place in the folder of routes, with what they export. */
export type Tree = ReadonlyMap<string, readonly string[]>;

const FOLDERS = [
  "a",
  "b",
  "(g)",
  "(h)",
  "[x]",
  "[y=int]",
  "[x=slug]",
  "[[o]]",
  "[[p=int]]",
  "[...r]",
  "_p",
  "[u+0061]",
];
const STEMS = ["index", "a", "b", "[x]", "[z=int]", "[x=slug]", "[[o]]", "[...r]", "[...s=int]", "b[x+20]c"];
const EXPORTS = [["GET"], ["GET"], ["GET", "POST"], ["HEAD"], ["POST", "DELETE"], ["GET", "HEAD"]];

const folders = fc.array(fc.constantFrom(...FOLDERS), { maxLength: 3, size: "max" });
const file = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom(...STEMS.map((stem) => `${stem}.ts`)), fc.constantFrom(...EXPORTS)),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<[string, string[]]>(
      ["index.post.ts", ["default"]],
      ["a.get.ts", ["default"]],
      ["[x].delete.ts", ["default"]],
      ["[z=int].head.ts", ["default"]],
      ["page.tsx", ["default"]],
      ["page.ts", ["default", "action"]],
      ["_not-found.ts", ["default"]],
      ["_layout.ts", ["default"]],
      ["_use.ts", ["default"]],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<[string, string[]]>(
      ["a.dev.ts", ["GET"]],
      ["b.prod.ts", ["GET", "POST"]],
      ["a.test.ts", ["GET"]],
      ["_a.ts", ["GET"]],
      ["[id.ts", ["GET"]],
      ["page.ts", ["GET"]],
      ["b.ts", ["default"]],
      ["a.post.ts", ["GET"]],
      ["[q=nobody].ts", ["GET"]],
    ),
  },
);

export const trees: fc.Arbitrary<Tree> = fc
  .array(
    fc
      .tuple(folders, file)
      .map(([path, [name, exports]]): [string, readonly string[]] => [[...path, name].join("/"), exports]),
    { maxLength: 7, size: "max" },
  )
  .map((files) => new Map(files));

/** Source text that exports these names. */
export function sourceOf(exports: readonly string[]): string {
  return exports.map((name) => (name === "default" ? "export default 1;" : `export const ${name} = 1;`)).join("\n");
}

const TEXTS = ["a", "b", "1", "42", "a-b", "A_", "b%20c", "%61", "-7", ""];

export interface Asked {
  readonly method: string;
  readonly path: string;
}

export const requests: fc.Arbitrary<readonly Asked[]> = fc.array(
  fc.record({
    method: fc.constantFrom("GET", "GET", "GET", "HEAD", "POST", "DELETE", "PUT", "OPTIONS"),
    path: fc.array(fc.constantFrom(...TEXTS), { maxLength: 4, size: "max" }).map((texts) => `/${texts.join("/")}`),
  }),
  { minLength: 6, maxLength: 10, size: "max" },
);

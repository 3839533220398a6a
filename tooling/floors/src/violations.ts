import { posix } from "node:path";
import type { Import } from "./imports.ts";
import type { Floor, Reach } from "./table.ts";
import type { Member, SourceFile } from "./workspace.ts";

export interface Violation {
  /** `packages/auth/src/index.ts:3`, or the folder when no line is to blame. */
  readonly at: string;
  readonly message: string;
}

/** Core ships no dependency at all; these it may name in types, which are gone at run time. */
const kernelTypes: ReadonlySet<string> = new Set(["@standard-schema/spec"]);

interface House {
  readonly floors: readonly Floor[];
  readonly reaches: readonly Reach[];
  readonly byName: ReadonlyMap<string, Member>;
}

/** Everything in the import graph that the table of floors does not allow. */
export function violations(
  floors: readonly Floor[],
  members: readonly Member[],
  reaches: readonly Reach[] = [],
): readonly Violation[] {
  const house: House = { floors, reaches, byName: new Map(members.map((member) => [member.name, member])) };
  return [
    ...placedTwice(floors),
    ...members.flatMap((member) => [
      ...unplaced(house, member),
      ...member.files.flatMap((file) =>
        file.imports.flatMap((imported) =>
          importFaults(house, member, file, imported).map((message) => ({
            at: `${file.path}:${imported.line}`,
            message,
          })),
        ),
      ),
    ]),
  ];
}

function placedTwice(floors: readonly Floor[]): readonly Violation[] {
  const all = floors.flatMap((floor) => floor.packages);
  return all
    .filter((folder, index) => all.indexOf(folder) !== index)
    .map((folder) => ({ at: `packages/${folder}`, message: "stands on two floors; keep one in the table" }));
}

function unplaced(house: House, member: Member): readonly Violation[] {
  if (member.group !== "packages" || floorOf(house, member) !== -1) return [];
  return [{ at: `packages/${member.folder}`, message: "has no floor; add it to tooling/floors/src/table.ts" }];
}

function importFaults(house: House, member: Member, file: SourceFile, imported: Import): readonly string[] {
  const { specifier } = imported;
  if (specifier.startsWith(".")) return leavesFolder(house, member, file, specifier);
  const name = packageName(specifier);
  const shipped = file.path.startsWith(`packages/${member.folder}/src/`);
  return [
    ...(shipped && member.folder === "core" ? kernelFaults(name, imported) : []),
    ...(name.startsWith("@openspeed/") && name !== member.name
      ? [...undeclared(member, name, shipped), ...goesUp(house, member, name, shipped)]
      : []),
  ];
}

function leavesFolder(house: House, member: Member, file: SourceFile, specifier: string): readonly string[] {
  const target = posix.join(posix.dirname(file.path), specifier);
  const from = `${member.group}/${member.folder}`;
  if (target.startsWith(`${from}/`)) return [];
  if (house.reaches.some((reach) => reach.from === from && reach.file === target)) return [];
  return [`"${specifier}" reaches into another folder; import the package by its name`];
}

function kernelFaults(name: string, imported: Import): readonly string[] {
  if (imported.typeOnly && kernelTypes.has(name)) return [];
  return [`core imports "${imported.specifier}"; it may import nothing but its own files`];
}

function undeclared(member: Member, name: string, shipped: boolean): readonly string[] {
  if (member.dependencies.has(name)) return [];
  if (!member.devDependencies.has(name)) return [`"${name}" is not declared in ${member.name}'s package.json`];
  return shipped ? [`"${name}" is imported by published code but is only a devDependency of ${member.name}`] : [];
}

function goesUp(house: House, member: Member, name: string, shipped: boolean): readonly string[] {
  const target = house.byName.get(name);
  // An unknown name is either undeclared, which is said already, or comes from outside the workspace.
  if (target === undefined) return [];
  if (member.group === "apps" && target.group === "apps") return [`an app imports another app, ${name}`];
  if (!shipped) return [];
  if (target.group !== "packages") return [`a package imports ${target.group}/${target.folder}`];
  const from = floorOf(house, member);
  const to = floorOf(house, target);
  if (from === -1 || to === -1 || to < from) return [];
  const relation = to === from ? "the same floor" : "a higher floor";
  return [`${floorName(house, from)} imports ${name} from ${relation}, ${floorName(house, to)}`];
}

function floorOf(house: House, member: Member): number {
  return house.floors.findIndex((floor) => floor.packages.includes(member.folder));
}

function floorName(house: House, index: number): string {
  return `floor ${index} (${house.floors[index]?.name ?? "?"})`;
}

/** `@openspeed/core/web` is in the package `@openspeed/core`. */
function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

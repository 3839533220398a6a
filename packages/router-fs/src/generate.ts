/** The generated files of a project's routes, for tools. */
export type { Environment } from "./grammar/file-name.ts";
export { type Disk, diskAt } from "./disk.ts";
export { openProject, type Project, type ProjectOptions } from "./generate/project.ts";
export type { Scan, ScannedRoute } from "./generate/scan.ts";

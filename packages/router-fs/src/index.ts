export type { Environment } from "./grammar/file-name.ts";
export { type FolderOptions, routesFrom } from "./routes-from.ts";

export { type Diagnostic, FolderError } from "./folder-error.ts";
export { routesFrom } from "./routes-from.ts";

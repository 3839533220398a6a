export { type AssetFile, type AssetOptions, assets } from "./assets.ts";
export { type Coding } from "./codings.ts";
export { FilesError } from "./fault.ts";
export { files, type FilesRoute } from "./files.ts";
export { folder } from "./folder.ts";
export type { FilesOptions } from "./options.ts";
export type { Links } from "./root.ts";

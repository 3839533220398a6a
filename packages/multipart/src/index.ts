export { type Multipart, multipart } from "./multipart.ts";
export type { FileRule, FileRules } from "./rules.ts";
export type { FieldsInto, FieldsOf, FilesOf, Input, MultipartShape, RawFields } from "./shape.ts";
export { type Upload, type Uploads, uploads } from "./uploads.ts";

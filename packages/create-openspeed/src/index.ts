export { createProject, type CreatedProject, type CreateOptions } from "./create-project.ts";
export { CreateError, type Diagnostic } from "./create-error.ts";
export type { PackageManager } from "./package-manager.ts";
export { type Template, type TemplateName, TEMPLATES } from "./templates.ts";

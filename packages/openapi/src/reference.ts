export { reference, type ReferenceOptions } from "./reference/plugin.ts";

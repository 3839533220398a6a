import { editor } from "../../../src/editor.ts";

// Every route below is guarded, whether its file remembers it or not.
export default [editor];

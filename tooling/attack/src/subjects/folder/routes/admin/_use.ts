import { callersOnly } from "../../../guards.ts";

export default [callersOnly];

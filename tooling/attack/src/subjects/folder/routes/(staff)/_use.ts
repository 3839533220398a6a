import { caller } from "../../../guards.ts";

export default [caller];

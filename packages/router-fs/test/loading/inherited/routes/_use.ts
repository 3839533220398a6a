import { outer } from "../items.ts";

export default [outer];

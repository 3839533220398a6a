import { inner, outer } from "../../../items.ts";

export default [inner, outer];

import { group } from "../../items.ts";

export default [group];

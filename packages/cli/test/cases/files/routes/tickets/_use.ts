import { user } from "../../src/items.ts";

export default [user];

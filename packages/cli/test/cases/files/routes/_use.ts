import { publicAccess } from "@openspeed/core";
import { log } from "../src/items.ts";

export default [publicAccess(), log];

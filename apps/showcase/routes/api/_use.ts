import { publicAccess } from "@openspeed/core";
import { changesWhileDeveloping } from "../../src/read-only.ts";

// Desk has no accounts yet: everything can be read by everybody, and says so.
export default [publicAccess(), changesWhileDeveloping];

import { member } from "../../../src/providers.ts";

// Nothing below is for guests.
export default [member];

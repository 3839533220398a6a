import { staff } from "../../src/providers.ts";

// Every page of this group is for Desk's own people, and so is every file that is added to it.
export default [staff];

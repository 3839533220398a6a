import { person, picking, tally } from "../../src/providers.ts";

// What the menu shows is there before a guard further in refuses, so that the refusal is shown within it.
export default [person, picking, tally];

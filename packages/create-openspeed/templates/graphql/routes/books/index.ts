import { route } from "@openspeed/core";
import { z } from "zod";
import { Book, library } from "../../src/library.ts";

/** REST beside GraphQL: the same provider, the same values. */
export const GET = route({ summary: "All books", use: [library], output: z.array(Book) }, ({ library }) => [
  ...library.books.values(),
]);

import { provide } from "@openspeed/core";
import { z } from "zod";

export const Author = z.object({ id: z.string(), name: z.string() });
export type Author = z.infer<typeof Author>;

export const Book = z.object({ id: z.string(), title: z.string(), year: z.int(), authorId: z.string() });
export type Book = z.infer<typeof Book>;

export const NewBook = z.object({ title: z.string().min(1).max(200), year: z.int().max(2100), authorId: z.string() });

export interface Library {
  readonly authors: Map<string, Author>;
  readonly books: Map<string, Book>;
}

/** Both GraphQL and REST ask for it. In memory here; a database's connection would be made, and disposed of, in its place. */
export const library = provide("library", { scope: "app" }, firstLibrary);

export function firstLibrary(): Library {
  const authors: readonly Author[] = [
    { id: "lem", name: "Stanisław Lem" },
    { id: "butler", name: "Octavia E. Butler" },
  ];
  const books: readonly Book[] = [
    { id: "solaris", title: "Solaris", year: 1961, authorId: "lem" },
    { id: "cyberiad", title: "The Cyberiad", year: 1965, authorId: "lem" },
    { id: "kindred", title: "Kindred", year: 1979, authorId: "butler" },
  ];
  return {
    authors: new Map(authors.map((each) => [each.id, each])),
    books: new Map(books.map((each) => [each.id, each])),
  };
}

import type { IExecutableSchemaDefinition } from "@graphql-tools/schema";
import { GraphQLError } from "graphql";
import { type Author, type Book, type Library, NewBook } from "../library.ts";

/** What every resolver is given: values of the route's providers. */
export interface GraphQLContext {
  readonly library: Library;
}

export const resolvers: Resolvers = {
  Query: {
    books: (_: unknown, { author }: { readonly author?: string }, { library }) =>
      [...library.books.values()]
        .filter((book) => author === undefined || book.authorId === author)
        .sort((a, b) => a.year - b.year),
    book: (_: unknown, { id }: { readonly id: string }, { library }) => library.books.get(id),
    authors: (_: unknown, __: unknown, { library }) => [...library.authors.values()],
  },
  Mutation: {
    addBook: (_: unknown, { book }: { readonly book: unknown }, { library }): Book => {
      const asked = NewBook.safeParse(book);
      if (!asked.success) throw invalid(asked.error.issues[0]?.message ?? "It is not a book.");
      if (!library.authors.has(asked.data.authorId)) throw invalid("There is no such author.");
      const added: Book = { id: crypto.randomUUID(), ...asked.data };
      library.books.set(added.id, added);
      return added;
    },
  },
  Book: {
    author: ({ authorId }: Book, _: unknown, { library }) => library.authors.get(authorId),
  },
  Author: {
    books: ({ id }: Author, _: unknown, { library }) =>
      [...library.books.values()].filter((book) => book.authorId === id),
  },
};

type Resolvers = NonNullable<IExecutableSchemaDefinition<GraphQLContext>["resolvers"]>;

/** Clients tell errors apart by their code. */
function invalid(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
}

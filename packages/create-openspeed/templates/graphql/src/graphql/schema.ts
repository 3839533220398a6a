import { makeExecutableSchema } from "@graphql-tools/schema";
import type { GraphQLSchema } from "graphql";
import { type GraphQLContext, resolvers } from "./resolvers.ts";

const typeDefs = /* GraphQL */ `
  type Query {
    "All books, the oldest first."
    books(author: ID): [Book!]!
    book(id: ID!): Book
    authors: [Author!]!
  }

  type Mutation {
    addBook(book: NewBook!): Book!
  }

  type Book {
    id: ID!
    title: String!
    year: Int!
    author: Author!
  }

  type Author {
    id: ID!
    name: String!
    books: [Book!]!
  }

  input NewBook {
    title: String!
    year: Int!
    authorId: ID!
  }
`;

export const schema: GraphQLSchema = makeExecutableSchema<GraphQLContext>({ typeDefs, resolvers });

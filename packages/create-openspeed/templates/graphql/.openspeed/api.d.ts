// Made by OpenSpeed from the folder of routes. Checked in, never edited by hand.
export interface Api {
  "GET /books": typeof import("../routes/books/index.ts").GET;
  "GET /graphql": typeof import("../routes/graphql.ts").GET;
  "POST /graphql": typeof import("../routes/graphql.ts").POST;
  "GET /": typeof import("../routes/index.ts").GET;
}

import { route, text } from "@openspeed/core";
import { answer, outputs } from "../src/graphql/answer.ts";
import { library } from "../src/library.ts";

export const GET = route({ summary: "GraphQL queries", use: [library], output: outputs }, ({ request, library }) =>
  answer(request, null, { library }),
);

// The body is read as text, within the app's limits; what is wrong with it is told in GraphQL's own words.
export const POST = route(
  { summary: "GraphQL queries and mutations", use: [library], body: text(), output: outputs },
  ({ request, body, library }) => answer(request, body, { library }),
);

import { route } from "@openspeed/core";

export const GET = route({ summary: "What is there" }, () => ({
  graphql: "/graphql",
  rest: "/books",
  try: `curl localhost:3000/graphql --json '{"query":"{ books { title author { name } } }"}'`,
}));

import { parse } from "graphql";
import { createHandler } from "graphql-http";
import { z } from "zod";
import type { GraphQLContext } from "./resolvers.ts";
import { schema } from "./schema.ts";

// Who asks for more than this asks for too much: it bounds how deep and how wide a question can be.
const MAX_TOKENS = 1000;

const handle = createHandler<Request, GraphQLContext, { readonly [key: string]: unknown }>({
  schema,
  context: ({ context }) => ({ ...context }),
  parse: (source, options) => parse(source, { ...options, maxTokens: MAX_TOKENS }),
});

const Answered = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

/** What GraphQL answers with beside 200: a route tells all its statuses. */
export const outputs = { 200: Answered, 400: Answered, 405: Answered, 406: Answered, 415: Answered };

/** Answers as GraphQL over HTTP says (https://graphql.github.io/graphql-over-http/draft/): statuses, media types, methods. */
export async function answer(request: Request, body: string | null, context: GraphQLContext): Promise<Response> {
  const { method, url, headers } = request;
  const [text, init] = await handle({ method, url, headers, body, raw: request, context });
  return new Response(text, init);
}

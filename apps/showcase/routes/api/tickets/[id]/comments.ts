import { reply, route } from "@openspeed/core";
import { z } from "zod";
import { addComment, Comment, listComments, NewComment } from "../../../../src/comments.ts";
import { db, noSuchTicket, ticket } from "../../../../src/providers.ts";

const params = z.object({ id: z.uuid() });

export const GET = route(
  {
    summary: "A ticket's comments, oldest first",
    use: [db, ticket],
    params,
    output: z.object({ comments: z.array(Comment) }),
  },
  async ({ db, ticket }) => ({ comments: await listComments(db, ticket.id) }),
);

export const POST = route(
  {
    summary: "Comment on a ticket",
    use: [db, ticket],
    params,
    body: NewComment,
    output: { 201: Comment },
    problems: { noSuchTicket },
  },
  async ({ db, ticket, body, fail }) => reply(201, (await addComment(db, ticket.id, body)) ?? fail.noSuchTicket()),
);

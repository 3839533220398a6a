/** What was said about a ticket. */
import type { VNode } from "preact";
import type { Comment } from "../comments.ts";
import Ago from "../islands/ago.island.tsx";
import type { Ticket } from "../tickets/ticket.ts";
import { Avatar } from "./marks.tsx";

interface MessageProps {
  readonly id: string;
  readonly author: string;
  readonly role: string;
  readonly body: string;
  readonly time: string;
  readonly now: number;
}

export function Conversation(props: {
  readonly ticket: Ticket;
  readonly comments: readonly Comment[];
  readonly now: number;
}): VNode {
  const { ticket, comments, now } = props;
  return (
    <ol class="thread">
      <Message
        id="description"
        author={ticket.requester}
        role="asked"
        body={ticket.description === "" ? "No description was given." : ticket.description}
        time={ticket.createdAt}
        now={now}
      />
      {comments.map(({ id, author, body, createdAt }) => (
        <Message
          key={id}
          id={`comment-${id}`}
          author={author}
          role={author === ticket.requester ? "asked" : "team"}
          body={body}
          time={createdAt}
          now={now}
        />
      ))}
    </ol>
  );
}

function Message({ id, author, role, body, time, now }: MessageProps): VNode {
  return (
    <li class={`message ${role}`} id={id}>
      <Avatar name={author} kind="large" />
      <article class="card">
        <h3 class="by">
          <strong>{author}</strong>
          <span class="muted">
            <Ago time={time} now={now} />
          </span>
        </h3>
        <p class="words">{body}</p>
      </article>
    </li>
  );
}

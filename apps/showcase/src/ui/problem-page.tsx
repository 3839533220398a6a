/** What went wrong, in words of people. */
import type { VNode } from "preact";

interface Props {
  readonly problem: {
    readonly status: number;
    readonly name: string;
    readonly title: string;
    readonly detail: string | undefined;
  };
  readonly url: URL;
}

export function ProblemPage({ problem, url }: Props): VNode {
  const { status, name, title, detail } = problem;
  const back = new URLSearchParams({ back: url.pathname + url.search });
  return (
    <div class="words-page">
      <p class="status">{status}</p>
      <h1>{status >= 500 ? "Something went wrong here" : title}</h1>
      <p class="muted">{detail ?? advice(status, name)}</p>
      <div class="actions">
        {status === 403 ? (
          <a class="button first" href={`/person?${back}`}>
            Choose who you are
          </a>
        ) : null}
        <a class={status === 403 ? "button" : "button first"} href="/">
          To all organisations
        </a>
      </div>
    </div>
  );
}

function advice(status: number, name: string): string {
  if (name === "invalid") return "The address asks for something that Desk does not know, perhaps an old link.";
  if (name === "noSuchTicket") return "It may have been removed, or its number was mistyped.";
  if (status === 404) return "Nothing is at this address. It may have moved, or was mistyped.";
  if (status >= 500) return "It is not your doing, and it was noted. Try again in a moment.";
  return "Go back and try another way.";
}

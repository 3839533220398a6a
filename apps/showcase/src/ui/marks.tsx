/** People, states and priorities in small. */
import type { VNode } from "preact";
import type { Priority, State } from "../tickets/ticket.ts";
import { priorityWords, stateWords } from "./words.ts";

const HUES = 8;

/** Initials on a colour that belongs to the name; for those who see, so the name stands beside it in words. */
export function Avatar({ name, kind = "" }: { readonly name: string | null; readonly kind?: string }): VNode {
  if (name === null) return <span class={`avatar nobody ${kind}`} aria-hidden="true" />;
  return (
    <span class={`avatar hue-${hueOf(name)} ${kind}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

function hueOf(name: string): number {
  let sum = 7;
  for (const character of name) sum = (sum * 33 + (character.codePointAt(0) ?? 0)) % 65_521;
  return (sum >> 3) % HUES;
}

/** Of `dr Hannah Okafor` `HO`, of a mail address its first two letters. */
function initials(name: string): string {
  if (name.includes("@")) return name.slice(0, 2);
  const words = name.split(/\s+/).filter((word) => !/^(?:dr|van|de|von)$/i.test(word));
  const first = [...(words[0] ?? name)][0] ?? "";
  return words.length < 2 ? first : first + ([...(words.at(-1) ?? "")][0] ?? "");
}

const shapes: Readonly<Record<State, VNode>> = {
  open: <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="2" />,
  pending: (
    <>
      <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="2" />
      <path d="M8 4.8A3.2 3.2 0 0 1 8 11.2Z" fill="currentColor" />
    </>
  ),
  solved: (
    <path
      fill="currentColor"
      fill-rule="evenodd"
      d="M8 1.4a6.6 6.6 0 1 1 0 13.2A6.6 6.6 0 0 1 8 1.4Zm3.6 4.4-1.2-1.1-3.3 3.7-1.5-1.5-1.2 1.2 2.8 2.7Z"
    />
  ),
  closed: (
    <path
      fill="currentColor"
      fill-rule="evenodd"
      d="M8 1.4a6.6 6.6 0 1 1 0 13.2A6.6 6.6 0 0 1 8 1.4ZM4.8 7.2v1.6h6.4V7.2Z"
    />
  ),
};

export function StateMark({ state, bare = false }: { readonly state: State; readonly bare?: boolean }): VNode {
  return (
    <span class={`state ${state}`} title={bare ? stateWords[state] : undefined}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        {shapes[state]}
      </svg>
      <span class={bare ? "unseen" : undefined}>{stateWords[state]}</span>
    </span>
  );
}

const bars: Readonly<Record<Priority, number>> = { low: 1, normal: 2, high: 3, urgent: 3 };

export function PriorityMark({ priority }: { readonly priority: Priority }): VNode {
  return (
    <span class={`priority ${priority}`}>
      <svg width="14" height="14" viewBox="0 0 14 14" fill="currentColor" aria-hidden="true">
        {[0, 1, 2].map((at) => (
          <rect
            key={at}
            x={1 + at * 4.5}
            y={9 - at * 3.5}
            width="3"
            height={4 + at * 3.5}
            rx="1"
            opacity={at < bars[priority] ? 1 : 0.3}
          />
        ))}
      </svg>
      {priorityWords[priority]}
    </span>
  );
}

export function Tags({ tags }: { readonly tags: readonly string[] }): VNode | null {
  if (tags.length === 0) return null;
  return (
    <span class="tags">
      {tags.map((tag) => (
        <span class="tag" key={tag}>
          {tag}
        </span>
      ))}
    </span>
  );
}

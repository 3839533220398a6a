import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Single keys, for those who want them (a setting turns them off, WCAG 2.1.4). They are shown once they work. */
export default function Shortcuts({ newTicket }: { readonly newTicket: string | null }): VNode | null {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (press(event.key, newTicket)) event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    setReady(true);
    return () => document.removeEventListener("keydown", onKey);
  }, [newTicket]);
  if (!ready) return null;
  return (
    <p class="shortcuts">
      <span>
        <kbd>/</kbd> search
      </span>
      <span>
        <kbd>j</kbd> <kbd>k</kbd> move
      </span>
      {newTicket === null ? null : (
        <span>
          <kbd>n</kbd> new
        </span>
      )}
    </p>
  );
}

/** Tells whether the key meant something here. */
function press(key: string, newTicket: string | null): boolean {
  if (key === "/") {
    const search = document.querySelector<HTMLInputElement>("input[type=search]");
    search?.focus();
    search?.select();
    return search !== null;
  }
  if (key === "n" && newTicket !== null) {
    location.assign(newTicket);
    return true;
  }
  return (key === "j" || key === "k") && move(key === "j" ? 1 : -1);
}

function move(by: number): boolean {
  const titles = [...document.querySelectorAll<HTMLAnchorElement>(".tickets .title")];
  const at = titles.findIndex((title) => title === document.activeElement);
  const next = titles[at === -1 ? 0 : Math.min(titles.length - 1, Math.max(0, at + by))];
  next?.focus();
  return next !== undefined;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, select, textarea"));
}

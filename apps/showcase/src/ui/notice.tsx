import type { ComponentChildren, VNode } from "preact";
import { Check, Inbox } from "./icons.tsx";

/** Something went well. */
export function Done({ children }: { readonly children: ComponentChildren }): VNode {
  return (
    <p class="notice good" role="status">
      <Check />
      <span>{children}</span>
    </p>
  );
}

/** Nothing to show, and what to do about it. */
export function Empty({ title, children }: { readonly title: string; readonly children: ComponentChildren }): VNode {
  return (
    <div class="empty">
      <Inbox />
      <h2>{title}</h2>
      {children}
    </div>
  );
}

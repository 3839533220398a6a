/** Small drawings, 16 by 16, that say nothing which is not also said in words. */
import type { ComponentChildren, VNode } from "preact";

function icon(children: ComponentChildren): () => VNode {
  return () => (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const Inbox = icon(<path d="M2 9.5h3.2l1 1.8h3.6l1-1.8H14M2 9.5 3.9 3h8.2L14 9.5V13H2z" />);
export const Person = icon(
  <>
    <circle cx="8" cy="5.2" r="2.7" />
    <path d="M2.8 14c.5-3 2.5-4.4 5.2-4.4s4.7 1.4 5.2 4.4" />
  </>,
);
export const Question = icon(
  <>
    <circle cx="8" cy="8" r="6" stroke-dasharray="2.2 1.9" />
  </>,
);
export const Flame = icon(
  <path d="M8 14c2.7 0 4.5-1.8 4.5-4.3C12.5 6.5 9.5 5.2 9 2 6.5 3.5 6 5.5 6.2 7.2 5.2 6.8 5 5.8 5 5.8 4 7 3.5 8.3 3.5 9.7 3.5 12.2 5.3 14 8 14z" />,
);
export const Gear = icon(
  <>
    <path d="M2 4.5h5M11 4.5h3M2 11.5h3M9 11.5h5" />
    <circle cx="9" cy="4.5" r="1.9" />
    <circle cx="7" cy="11.5" r="1.9" />
  </>,
);
export const Shield = icon(<path d="M8 1.8 13 3.5v4c0 3.2-2 5.5-5 6.7-3-1.2-5-3.5-5-6.7v-4z" />);
export const Plus = icon(<path d="M8 3v10M3 8h10" />);
export const Menu = icon(<path d="M2 4h12M2 8h12M2 12h12" />);
export const Back = icon(<path d="M13 8H3m4-4L3 8l4 4" />);
export const Check = icon(<path d="m3 8.5 3.3 3.3L13 4.8" />);
export const Alert = icon(
  <>
    <circle cx="8" cy="8" r="6.2" />
    <path d="M8 4.8v3.7M8 11.1v.1" />
  </>,
);
export const Down = icon(<path d="m4 6 4 4 4-4" />);

export const Mark = (): VNode => (
  <svg width="22" height="22" viewBox="0 0 22 22" fill="currentColor" aria-hidden="true">
    <path d="M5 2h12a4 4 0 0 1 4 4v7a4 4 0 0 1-4 4h-3.8L8 21v-4H5a4 4 0 0 1-4-4V6a4 4 0 0 1 4-4Zm1 5v2h10V7H6Zm0 4v2h6v-2H6Z" />
  </svg>
);

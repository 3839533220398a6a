import type { Head } from "@openspeed/pages";

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 22 22'%3E%3Cpath fill='%234b63dc' d='M5 2h12a4 4 0 0 1 4 4v7a4 4 0 0 1-4 4h-3.8L8 21v-4H5a4 4 0 0 1-4-4V6a4 4 0 0 1 4-4Zm1 5v2h10V7H6Zm0 4v2h6v-2H6Z'/%3E%3C/svg%3E";

/** What every page of Desk says about itself. */
export function documentHead(styles: string, name = "Desk"): Head {
  return {
    title: name,
    titleTemplate: `%s · ${name}`,
    lang: "en-GB",
    meta: [
      { name: "color-scheme", content: "light dark" },
      { name: "theme-color", content: "#ffffff", media: "(prefers-color-scheme: light)" },
      { name: "theme-color", content: "#17191d", media: "(prefers-color-scheme: dark)" },
    ],
    link: [
      { rel: "stylesheet", href: styles },
      { rel: "icon", href: ICON },
    ],
  };
}

import { expect, test } from "vitest";
import * as preact from "./fixtures/preact-page.tsx";
import * as react from "./fixtures/react-page.tsx";
import { bodyOf, headOf, libraries, siteWith } from "./kit.ts";

const written = { preact, react } as const;

test.each(libraries)("pages are written in JSX: $name", async (library) => {
  const { Page, Layout } = written[library.name as keyof typeof written];
  const { html } = await siteWith(library, { page: Page, layouts: [Layout] }).get("/");
  expect(bodyOf(html)).toBe('<main><nav>/</nav><ul class="fresh"><li>Ada</li><li>Grace</li></ul></main>');
  expect(headOf(html)).toContain("<title>2 people · Desk</title>");
});

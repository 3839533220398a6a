import { expect, test } from "vitest";
import { Layout as PreactLayout, Page as PreactPage } from "./fixtures/preact-page.tsx";
import { Layout as ReactLayout, Page as ReactPage } from "./fixtures/react-page.tsx";
import { bodyOf, headOf, libraries, siteWith } from "./kit.ts";

const written = {
  preact: { page: PreactPage, layouts: [PreactLayout] },
  react: { page: ReactPage, layouts: [ReactLayout] },
};

test.each(libraries)("pages are written in JSX: $name", async (library) => {
  const { html } = await siteWith(library, written[library.name]).get("/");
  expect(bodyOf(html)).toBe('<main><nav>/</nav><ul class="fresh"><li>Ada</li><li>Grace</li></ul></main>');
  expect(headOf(html)).toContain("<title>2 people · Desk</title>");
});

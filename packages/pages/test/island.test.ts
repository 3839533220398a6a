import { beforeAll, describe, expect, test } from "vitest";
import { layout, markIsland, page, pageClient, pagesWith } from "../src/index.ts";
import { bodyOf, libraries, siteWith } from "./kit.ts";

describe.each(libraries)("$name: an island", (library) => {
  const { h, renderer } = library;
  const client = { bind: [pageClient.with({ entry: "/assets/client.js" })] };
  beforeAll(() => {
    pagesWith(renderer);
  });
  const Plain = ({ label }: { readonly label: string }): unknown => h("b", { title: label }, label);
  const Island = markIsland(Plain, "src/plain.island.tsx");

  test("is its component's HTML in an element with its id and props", async () => {
    const site = siteWith(
      library,
      { page: page(() => h("p", {}, h(Island, { label: `"><script>alert(1)</script>` }))) },
      client,
    );
    const { html } = await site.get();
    const element =
      /<os-island style="display:contents;?" data-id="src\/plain.island.tsx" data-props="([^"]*)"><b/.exec(html);
    expect(
      JSON.parse((element?.[1] ?? "").replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">")),
    ).toEqual({
      label: `"><script>alert(1)</script>`,
    });
    expect(html).not.toContain("<script>alert");
  });

  test("brings the client's module, and only where there is one", async () => {
    const some = siteWith(
      library,
      {
        page: page(() => h("p")),
        layouts: [layout(({ children }) => h("div", {}, h(Island, { label: "a" }), children))],
      },
      client,
    );
    expect((await some.get()).html).toMatch(
      /<script type="module" src="\/assets\/client.js" nonce="[^"]+"><\/script><\/body>/,
    );
    const none = siteWith(library, { page: page(() => h("p")) }, client);
    expect((await none.get()).html).not.toContain("client.js");
  });

  test("within another is part of it", async () => {
    const Outer = markIsland(() => h("section", {}, h(Island, { label: "in" })), "src/outer.island.tsx");
    const site = siteWith(library, { page: page(() => h(Outer)) }, client);
    const body = bodyOf((await site.get()).html);
    expect(body.match(/<os-island/g)).toHaveLength(1);
    expect(body).toContain('<section><b title="in">in</b></section></os-island>');
  });

  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;
  test.each([
    ["a function", { onPick: () => 1 }, "onPick (a function)"],
    ["a date", { at: new Date(0) }, "at (a Date)"],
    ["a map, deep within", { rows: [{ by: new Map() }] }, "rows[0].by (a Map)"],
    ["an element", { children: h("i") }, "children (an element)"],
    ["no number", { n: Number.NaN }, "n (NaN)"],
    ["a bigint", { n: 1n }, "n (a bigint)"],
    ["what holds itself", { cyclic }, "cyclic.self (which holds itself)"],
    ["a hole in a list", { list: [1, undefined] }, "list[1] (undefined)"],
  ])("refuses %s among its props", async (_, props, words) => {
    const Any = markIsland((_props: object) => h("b"), "src/any.island.tsx");
    const site = siteWith(library, { page: page(() => h("p", {}, h(Any as never, props))) });
    expect((await site.get()).status).toBe(500);
    expect(site.errors.map(String)).toEqual([
      expect.stringContaining(`OS_ISLAND_PROPS: The island src/any.island.tsx got ${words}`),
    ]);
  });

  test("takes what JSON carries, and nothing in place of what is undefined", async () => {
    const Any = markIsland((_props: object) => h("b"), "any");
    const site = siteWith(library, {
      page: page(() => h(Any as never, { a: [1, "x", null, true, { b: {} }], c: undefined })),
    });
    expect((await site.get()).html).toContain(
      'data-props="{&quot;a&quot;:[1,&quot;x&quot;,null,true,{&quot;b&quot;:{}}]}"',
    );
  });
});

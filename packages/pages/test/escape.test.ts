import { route } from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { type Head, layout, page } from "../src/index.ts";
import { headOf, libraries, siteWith } from "./kit.ts";

/** What others tried. */
const corpus = [
  "<script>alert(1)</script>",
  "</title><script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  "--><script>alert(1)</script>",
  "</script><script>alert(1)</script>",
  "<!--<script>",
  "]]><svg onload=alert(1)>",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "\u2028<svg/onload=alert(1)>",
  "$&$`$'<x>",
  "%s<b>",
  "<\0script>alert(1)</script>",
];

/** Tags that a text brought in; the page's own are known. */
function intruders(html: string): readonly string[] {
  const known = /^<\/?(?:!doctype|html|head|meta|title|link|script|body|main|p|a)\b/i;
  const tags = html.match(/<[!/a-z][^<]*/gi) ?? [];
  const scripts = html.match(/<script\b(?![^>]* nonce=)/gi) ?? [];
  return [...tags.filter((tag) => !known.test(tag)), ...scripts];
}

describe.each(libraries)("$name: a text stays a text", (library) => {
  const { h } = library;

  test.each(corpus)("in every place: %j", async (text) => {
    const head: Head = {
      title: text,
      lang: text,
      meta: [
        { name: "description", content: text },
        { property: text, content: "x" },
      ],
      link: [{ rel: "canonical", href: `/${text}` }],
      script: [{ type: "application/ld+json", json: { text } }],
      html: { "data-text": text },
      body: { class: text },
    };
    const site = siteWith(library, {
      page: page({ loader: route(() => ({ text })), head }, ({ text }) =>
        h("p", { title: text }, text, h("a", { href: `/${text}` }, "x")),
      ),
      layouts: [
        layout({ head: { titleTemplate: "%s · Desk" } }, ({ children }) => h("main", { "data-x": text }, children)),
      ],
    });
    const { status, html } = await site.get(`/?q=${encodeURIComponent(text)}`);
    expect(status).toBe(200);
    expect(intruders(html)).toEqual([]);
    const [, json = ""] = /<script[^>]*ld\+json[^>]*>([\s\S]*?)<\/script>/.exec(html) ?? [];
    expect(JSON.parse(json)).toEqual({ text });
    const [, title = ""] = /<title>([\s\S]*?)<\/title>/.exec(headOf(html)) ?? [];
    const unescaped = title
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&");
    expect(unescaped).toBe(`${text} · Desk`);
  });

  test.each<readonly [string, Head, string]>([
    ["code as a link", { link: [{ rel: "preload", href: "javascript:alert(1)" }] }, "OS_HEAD_URL"],
    ["code as a link, hidden", { link: [{ rel: "preload", href: " \tJAVA\nscript\r:alert(1)" }] }, "OS_HEAD_URL"],
    ["code as a script's place", { script: [{ src: "\u0001javascript:alert(1)" }] }, "OS_HEAD_URL"],
    ["a handler", { body: { onload: "alert(1)" } }, "OS_HEAD_ATTRIBUTE"],
    ["a name that ends the tag", { html: { "x><script>": "" } }, "OS_HEAD_ATTRIBUTE"],
    ["a script that ends itself", { script: [{ text: "'</ScRiPt>'" }] }, "OS_HEAD_SCRIPT"],
  ])("refuses %s", async (_, head, code) => {
    const site = siteWith(library, { page: page({ head }, () => h("p")) });
    expect((await site.get()).status).toBe(500);
    expect(site.errors).toEqual([expect.objectContaining({ code })]);
  });
});

describe("heads are merged", () => {
  const [library] = libraries;
  if (library === undefined) throw new Error("no library");
  const { h } = library;
  const show = async (...heads: readonly Head[]): Promise<string> => {
    const [own = {}, ...around] = heads.toReversed();
    const layouts = around.toReversed().map((head) => layout({ head }, ({ children }) => h("main", {}, children)));
    return (await siteWith(library, { page: page({ head: own }, () => h("p")), layouts }).get()).html;
  };
  const title = (html: string): string | undefined => /<title>(.*?)<\/title>/.exec(html)?.[1];

  test.each<readonly [string, readonly Head[], string | undefined]>([
    ["the inner title counts", [{ title: "Desk" }, { title: "Tickets" }], "Tickets"],
    ["the outer one stands where there is no other", [{ title: "Desk" }, {}], "Desk"],
    [
      "a template goes around inner titles",
      [{ title: "Desk", titleTemplate: "%s · Desk" }, { title: "Tickets" }],
      "Tickets · Desk",
    ],
    ["not around its own", [{ title: "Desk", titleTemplate: "%s · Desk" }, {}], "Desk"],
    [
      "an inner template replaces it",
      [{ titleTemplate: "%s · Desk" }, { titleTemplate: "%s · Admin" }, { title: "Users" }],
      "Users · Admin",
    ],
    ["no title is none", [{}], undefined],
  ])("%s", async (_, heads, expected) => {
    expect(title(await show(...heads))).toBe(expected);
  });

  test("tags of one name are replaced, others are kept, each once", async () => {
    const sheet = { rel: "stylesheet", href: "/a.css" };
    const html = await show(
      {
        meta: [
          { name: "description", content: "out" },
          { name: "a", content: "1" },
        ],
        link: [sheet, { rel: "canonical", href: "/out" }],
        lang: "th",
        body: { class: "x" },
      },
      {
        meta: [{ name: "description", content: "in" }],
        link: [sheet, { rel: "canonical", href: "/in" }],
        dir: "rtl",
        html: { class: "dark" },
      },
    );
    expect(html.match(/description/g)).toHaveLength(1);
    expect(html).toContain('content="in"');
    expect(html.match(/a\.css/g)).toHaveLength(1);
    expect(html).not.toContain("/out");
    expect(html).toContain('<html lang="th" class="dark" dir="rtl">');
    expect(html).toContain('<body class="x">');
  });

  test("the window is told its width, unless a head says otherwise", async () => {
    expect(await show({})).toContain('content="width=device-width, initial-scale=1"');
    expect((await show({ meta: [{ name: "viewport", content: "width=500" }] })).match(/viewport/g)).toHaveLength(1);
  });
});

import { form, type InputOf, type OutputOf, problem, type ProblemsOf, provide, reply, route } from "@openspeed/core";
import { multipart } from "@openspeed/multipart";
import { expectTypeOf, test } from "vitest";
import { z } from "zod";
import { type FormState, layout, page, type PageGet, type PagePost, redirect } from "../src/index.ts";

const db = provide("db", { scope: "app", problems: { down: problem(503, "Down") } }, () => ({ titles: ["a"] }));
const loader = route(
  {
    use: [db],
    params: z.object({ id: z.int() }),
    query: z.object({ q: z.string().optional() }),
    problems: { notFound: problem(404, "None") },
  },
  async ({ db, params }) => ({ titles: db.titles, id: params.id }),
);
const action = route(
  {
    use: [db],
    body: form(z.object({ title: z.string(), size: z.int(), tags: z.array(z.string()) })),
    problems: { taken: problem(409, "Taken", z.object({ by: z.string() })), late: problem(410, "Late") },
  },
  ({ body }) => (body.size > 3 ? redirect("/") : { made: body.title }),
);

test("a view gets what its loader gives, and the request's own", () => {
  page({ loader, action }, (props) => {
    expectTypeOf(props.titles).toEqualTypeOf<string[]>();
    expectTypeOf(props.id).toEqualTypeOf<number>();
    expectTypeOf(props.params).toEqualTypeOf<{ id: number }>();
    expectTypeOf(props.url).toEqualTypeOf<URL>();
    // @ts-expect-error no loader gives it
    return props.other;
  });
  page(loader, ({ titles, params }) => `${titles.length}${params.id}`);
  page(({ url, params }) => {
    expectTypeOf(params).toEqualTypeOf<Readonly<Record<string, string>>>();
    return url.href;
  });
  page({ loader, head: ({ titles }) => ({ title: titles.join() }) }, () => null);
  // @ts-expect-error a title is a text
  page({ loader, head: ({ titles }) => ({ title: titles }) }, () => null);
});

test("what leaves the page is no value of it", () => {
  const maybe = route(({ url }: { readonly url?: string } & object) => (url === undefined ? redirect("/") : { n: 1 }));
  page(maybe, ({ n }) => {
    expectTypeOf(n).toEqualTypeOf<number>();
    return n;
  });
  page(
    route(() => reply(200, { n: 1 }, { "cache-control": "no-store" })),
    ({ n }) => {
      expectTypeOf(n).toEqualTypeOf<number>();
      return n;
    },
  );
  page(
    route(() => redirect("/")),
    ({ url }) => url.href,
  );
});

test("a form knows its fields, its problems and its value", () => {
  page({ action }, ({ form }) => {
    expectTypeOf(form.values.title).toEqualTypeOf<string | undefined>();
    expectTypeOf(form.lists.tags).toEqualTypeOf<readonly string[] | undefined>();
    expectTypeOf(form.errors.size).toEqualTypeOf<string | undefined>();
    expectTypeOf(form.value).toEqualTypeOf<{ made: string } | undefined>();
    expectTypeOf(form.problem?.name).toEqualTypeOf<"taken" | "late" | undefined>();
    if (form.problem?.name === "taken") expectTypeOf(form.problem.data.by).toEqualTypeOf<string>();
    // @ts-expect-error no such field
    return form.values.other;
  });
  const upload = route(
    { body: multipart({ fields: z.object({ title: z.string() }), files: { picture: {} } }) },
    () => ({}),
  );
  expectTypeOf<keyof FormState<typeof upload>["errors"]>().toEqualTypeOf<"title" | "picture">();
});

test("a layout gets what its loader gives, and children to pass on", () => {
  layout({ loader: route({ use: [db] }, ({ db }) => ({ first: db.titles[0] })) }, ({ first, children, url }) => {
    expectTypeOf(first).toEqualTypeOf<string | undefined>();
    const kept: { readonly children: string | { readonly vnode: true } } = { children };
    return [kept, url];
  });
  layout({ csp: false }, ({ children }) => children);
  // @ts-expect-error sources are a list
  layout({ csp: { "img-src": "https://a.test" } }, ({ children }) => children);
});

test("an interface of an app tells what a page takes and answers", () => {
  const made = page({ loader, action }, () => null);
  type Get = PageGet<typeof made>;
  expectTypeOf<InputOf<Get>["params"]>().toEqualTypeOf<{ id: number }>();
  expectTypeOf<OutputOf<Get>>().toEqualTypeOf<string>();
  expectTypeOf<ProblemsOf<Get>["name"]>().toEqualTypeOf<"notFound" | "down">();
  type Post = PagePost<typeof made>;
  expectTypeOf<InputOf<Post>["body"]>().toEqualTypeOf<{ title: string; size: number; tags: string[] }>();
  expectTypeOf<OutputOf<Post>>().toEqualTypeOf<string | { made: string } | undefined>();
  expectTypeOf<ProblemsOf<Post>["name"]>().toEqualTypeOf<"taken" | "late" | "down" | "crossSite">();
  const plain = page(() => null);
  expectTypeOf<OutputOf<PageGet<typeof plain>>>().toEqualTypeOf<string>();
});

test("only redirects have a redirect's status", () => {
  // @ts-expect-error 200 sends nobody on
  redirect("/", 200);
});

test("the request's own go before what a loader calls the same, and either of two shapes stays one of two", () => {
  const clash = route(() => ({ form: 1, url: "x", n: 1 }));
  page(clash, ({ form, url, n }) => {
    expectTypeOf(form).toEqualTypeOf<FormState>();
    expectTypeOf(url).toEqualTypeOf<URL>();
    return n;
  });
  layout({ loader: route(() => ({ children: "c", n: 1 })) }, ({ children, n }) => [children, n]);
  const either = route(({ url }: { readonly url?: string } & object) =>
    url === undefined ? { kind: "a" as const, a: 1 } : { kind: "b" as const, b: "b" },
  );
  page(either, (props) => {
    if (props.kind === "a") expectTypeOf(props.a).toEqualTypeOf<number>();
    else expectTypeOf(props.b).toEqualTypeOf<string>();
    return props.url.href;
  });
});

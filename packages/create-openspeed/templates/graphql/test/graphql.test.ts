import { testApp } from "@openspeed/testing";
import { serverAudits } from "graphql-http";
import { expect, test } from "vitest";
import type { Api } from "../.openspeed/api.d.ts";
import { app } from "../src/app.ts";
import { firstLibrary, library } from "../src/library.ts";

const ownLibrary = () => testApp<Api>(app, { override: [library.with(firstLibrary())] });

async function ask(query: string, variables?: object) {
  await using t = await ownLibrary();
  const { value } = await t.untyped("POST /graphql", { body: { query, variables } }).expect(200);
  return value;
}

test("a query takes what it asks for, across types", async () => {
  expect(
    await ask(`query ($id: ID!) { book(id: $id) { title author { name books { title } } } }`, { id: "solaris" }),
  ).toEqual({
    data: {
      book: {
        title: "Solaris",
        author: { name: "Stanisław Lem", books: [{ title: "Solaris" }, { title: "The Cyberiad" }] },
      },
    },
  });
});

test("a mutation changes what REST shows", async () => {
  await using t = await ownLibrary();
  const query = `mutation ($book: NewBook!) { addBook(book: $book) { id year } }`;
  const book = { title: "Fledgling", year: 2005, authorId: "butler" };
  await t
    .untyped("POST /graphql", { body: { query, variables: { book } } })
    .expect(200, { data: { addBook: { year: 2005 } } });
  const { value } = await t("GET /books").expect(200);
  expect(value).toContainEqual(expect.objectContaining({ title: "Fledgling" }));
});

test("what a resolver refuses has a code", async () => {
  const query = `mutation { addBook(book: { title: "", year: 2005, authorId: "butler" }) { id } }`;
  expect(await ask(query)).toMatchObject({ errors: [{ path: ["addBook"], extensions: { code: "BAD_USER_INPUT" } }] });
});

test("a question without end is not answered", async () => {
  await using t = await ownLibrary();
  const query = `{ authors { name ${"books { author { ".repeat(400)} name ${"} }".repeat(400)} } }`;
  await t.untyped("POST /graphql", { body: { query } }).expect(200, { errors: [{ message: /1000 tokens/ }] });
});

// The specification's own audits, each a request.
const audits = serverAudits({ url: "http://graphql.example/graphql", fetchFn: fetchApp });
test.for(audits)("GraphQL over HTTP: $name", async ({ fn }) => {
  expect(await fn()).toMatchObject({ status: "ok" });
});

async function fetchApp(url: string, init?: RequestInit): Promise<Response> {
  return app.fetch(new Request(url, init));
}

import { expect, test } from "vitest";
import { EDITOR, gallery, PIXEL, upload } from "./gallery.ts";

test("an editor hangs a picture, everybody sees it, and it comes down again", async () => {
  await using t = await gallery();
  await t
    .untyped("POST /api/pictures", { headers: EDITOR, body: upload("The sea") })
    .expect(201, { id: 1, url: "/pictures/1" });
  await t("GET /api/pictures").expect(200, [{ title: "The sea" }]);

  const image = await t.fetch("/pictures/1");
  expect(image.headers.get("content-type")).toBe("image/gif");
  expect(new Uint8Array(await image.arrayBuffer())).toEqual(PIXEL);
  const { text } = await t("GET /").expect(200);
  expect(text).toContain(`<img src="/pictures/1" alt="The sea"`);

  await t.untyped("DELETE /api/pictures/:id", { params: { id: 1 }, headers: EDITOR }).expect(204);
  await t("GET /api/pictures").expect(200, []);
});

test("nobody else may", async () => {
  await using t = await gallery();
  await t.untyped("POST /api/pictures", { body: upload("Mine") }).expectProblem("notAnEditor");
  await t
    .untyped("DELETE /api/pictures/:id", { params: { id: 1 }, headers: { authorization: "Bearer guessed" } })
    .expectProblem("notAnEditor");
});

test("what only says that it is a picture is refused", async () => {
  await using t = await gallery();
  const script = new TextEncoder().encode("<svg onload='alert(1)'/>");
  await t
    .untyped("POST /api/pictures", { headers: EDITOR, body: upload("Trick", script) })
    .expectProblem("notAPicture");
  await t.untyped("POST /api/pictures", { headers: EDITOR, body: new FormData() }).expectProblem(422);
});

test("who watches is told", async () => {
  await using t = await gallery();
  const leaving = new AbortController();
  const stream = await t.fetch("/api/pictures/live", {
    headers: { accept: "text/event-stream" },
    signal: leaving.signal,
  });
  const events = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await events?.read())?.value).toContain("event: ready");
  const next = events?.read();
  await t.untyped("POST /api/pictures", { headers: EDITOR, body: upload("News") }).expect(201);
  expect((await next)?.value).toContain('"title":"News"');
  leaving.abort();
});

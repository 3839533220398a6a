import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { generate } from "../src/index.ts";
import { call, check, emptyFolder, generateBoth, writeCalls, writeHandlers } from "./proof/prove.ts";

const spec = fileURLToPath(new URL("cases/github.json", import.meta.url));

test("a client and a server of GitHub's document type-check, and talk to each other in twenty calls", async () => {
  const folder = await emptyFolder("github-part");
  const { client } = await generateBoth(spec, folder);
  expect(client.model.operations).toHaveLength(60);
  const keys = await writeCalls(folder);
  await writeHandlers(folder, spec, client.model, keys);
  expect((await check(folder)).errors).toEqual([]);

  const again = await generate({ spec, kind: "server", to: folder });
  expect(new Set(again.steps.map(({ what }) => what))).toEqual(new Set(["same"]));

  const answers = await call(folder);
  expect(answers.filter(({ ok }) => !ok)).toEqual([]);
  expect(answers).toHaveLength(20);
  expect(answers[10]).toMatchObject({ status: 200, value: { name: "bug" } });
  expect(answers[11]).toMatchObject({ status: 201, value: { title: "v1.0" } });
}, 120_000);

import { testApp } from "@openspeed/testing";
import type { Api } from "../.openspeed/api.d.ts";
import { app } from "../src/app.ts";
import { config } from "../src/config.ts";
import { db, openDatabase } from "../src/database.ts";

export const EDITOR = { authorization: "Bearer for-these-tests" };

/** The app on an empty database in memory. */
export async function gallery() {
  const settings = { DATABASE_URL: ":memory:", EDITOR_TOKEN: "for-these-tests" };
  return testApp<Api>(app, { override: [config.with(settings), db.with(await openDatabase(":memory:"))] });
}

/** The smallest picture there is: one pixel. */
export const PIXEL: Uint8Array<ArrayBuffer> = Uint8Array.from(
  atob("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"),
  (letter) => letter.charCodeAt(0),
);

export function upload(title: string, bytes: Uint8Array<ArrayBuffer> = PIXEL): FormData {
  const form = new FormData();
  form.set("title", title);
  form.set("picture", new File([bytes], "picture.gif", { type: "image/gif" }));
  return form;
}

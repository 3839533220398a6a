// Made by OpenSpeed from the folder of routes. Checked in, never edited by hand.
export interface Api {
  "GET /": typeof import("../routes/index.ts").GET;
  "GET /notes/:id": typeof import("../routes/notes/[id=int].ts").GET;
  "PATCH /notes/:id": typeof import("../routes/notes/[id=int].ts").PATCH;
  "DELETE /notes/:id": typeof import("../routes/notes/[id=int].ts").DELETE;
  "GET /notes": typeof import("../routes/notes/index.ts").GET;
  "POST /notes": typeof import("../routes/notes/index.ts").POST;
}

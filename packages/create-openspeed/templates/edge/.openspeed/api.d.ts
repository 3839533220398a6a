// Made by OpenSpeed from the folder of routes. Checked in, never edited by hand.
export interface Api {
  "GET /countdown": typeof import("../routes/countdown.ts").GET;
  "POST /hash": typeof import("../routes/hash.ts").POST;
  "GET /hello/:name": typeof import("../routes/hello/[name].ts").GET;
  "GET /": typeof import("../routes/index.ts").GET;
}

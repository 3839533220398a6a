// A process of its own: it begins what a key stands for, says so, and never ends.
import { dyingApp, dyingRequest } from "./dying-app.ts";

const app = dyingApp(Number(process.argv[2]), () => {
  process.send?.("running");
  return new Promise(() => {});
});
await app.fetch(dyingRequest());

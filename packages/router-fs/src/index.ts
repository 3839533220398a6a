export { routesFrom } from "./routes-from.ts";

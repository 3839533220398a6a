export { GET, POST } from "./_routes.ts";

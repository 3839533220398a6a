import { GET as list } from "./_routes.ts";

export { list as GET };

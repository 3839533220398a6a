export * from "./_routes.ts";

import { defineConfig } from "vitest/config";

export default defineConfig({
  // graphql has a copy for development beside the one for production; whoever imports it here gets the same.
  test: { server: { deps: { inline: [/graphql/] } } },
});

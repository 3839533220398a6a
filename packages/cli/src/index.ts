export { defineConfig, type UserConfig } from "./define-config.ts";

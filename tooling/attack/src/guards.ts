/**
 * What the packages export, sorted by whether it guards, refuses or parses what comes from outside: that is attacked, by these
 * subjects. A test holds this against the packages: a new export has to be put into one of the two lists.
 */

export interface Exports {
  /** Subjects by what they attack. */
  readonly attacked: { readonly [name: string]: readonly string[] };
  /** What meets no request, or only ones that something attacked has let through. */
  readonly others: readonly string[];
}

/** By entry, as one imports it. */
export const guards: { readonly [entry: string]: Exports } = {
  "@openspeed/core": {
    attacked: {
      middleware: ["middleware", "group", "app use", "params", "matchers", "404 and wildcards"],
      provide: ["provider", "strict", "methods", "lazy"],
      policy: ["strict"],
      publicAccess: ["strict"],
      createApp: ["app use", "plugin", "methods", "frames", "spoken"],
      lazy: ["lazy"],
      matched: ["inputs"],
      json: ["inputs"],
      form: ["inputs"],
      text: ["inputs"],
      bytes: ["inputs", "frames"],
      stream: ["inputs"],
      reply: ["spoken"],
      event: ["spoken"],
      problem: ["spoken"],
      parseDuration: ["inputs"],
      parseSize: ["inputs"],
    },
    others: [
      "CompileError",
      "ProblemError",
      "after",
      "etag",
      "graph",
      "headerOf",
      "kernelError",
      "meta",
      "internalError",
      "port",
      "priority",
      "problemOutcome",
      "problemTypes",
      "route",
      "security",
      "withHeaders",
    ],
  },
  "@openspeed/core/authoring": {
    attacked: { routeFinder: ["mcp"], siteOf: ["pages", "browsers"], textReader: ["inputs"] },
    others: [
      "applyConditions",
      "crossSite",
      "holdBody",
      "inlineSchemaOf",
      "isPromise",
      "isStreamed",
      "jsonSchemaOf",
      "whenEnded",
    ],
  },
  "@openspeed/core/matchers": {
    attacked: Object.fromEntries(
      ["bool", "date", "int", "number", "slug", "uuid"].map((name) => [name, ["inputs", "matchers"]]),
    ),
    others: [],
  },
  // Tells anyone who asks, and refuses nobody.
  "@openspeed/core/health": { attacked: {}, others: ["health"] },
  "@openspeed/core/reflect": { attacked: {}, others: ["findRoutes"] },
  "@openspeed/adapter-node": { attacked: { serve: ["frames", "spoken"] }, others: ["ListenError"] },
  "@openspeed/mcp": { attacked: { mcp: ["mcp"], tool: ["mcp"] }, others: [] },
  "@openspeed/multipart": { attacked: { multipart: ["inputs"], uploads: ["inputs"] }, others: [] },
  "@openspeed/multipart/disk": { attacked: { disk: ["inputs"] }, others: [] },
  "@openspeed/openapi": {
    attacked: { openapi: ["openapi"] },
    others: ["appDocument", "checkExamples", "diffDocuments", "documentOf", "operation", "parseDocument", "toYaml"],
  },
  "@openspeed/openapi/reference": { attacked: { reference: ["openapi"] }, others: [] },
  "@openspeed/pages": {
    attacked: { page: ["pages"], pagesWith: ["pages"], redirect: ["spoken"], errorView: ["pages"] },
    others: ["PageError", "layout", "loadingView", "markIsland", "notFoundView", "pageClient", "refuseForm"],
  },
  "@openspeed/pages/preact": { attacked: { pages: ["pages"] }, others: ["preactRenderer"] },
  // The same guards around another renderer.
  "@openspeed/pages/react": { attacked: { pages: ["pages"] }, others: ["reactRenderer"] },
  "@openspeed/pages/preact/client": { attacked: {}, others: ["hydrateIslands"] },
  "@openspeed/pages/react/client": { attacked: {}, others: ["hydrateIslands"] },
  "@openspeed/playground": { attacked: { playground: ["playground", "playground absent"] }, others: [] },
  "@openspeed/security": {
    attacked: {
      behindProxies: ["ip lists"],
      client: ["ip lists", "limits"],
      concurrency: ["limits"],
      cors: ["browsers"],
      csrf: ["browsers"],
      requestId: ["browsers"],
      secureHeaders: ["browsers"],
      idempotency: ["idempotency"],
      ipList: ["ip lists"],
      memoryStore: ["limits", "idempotency"],
      rateLimit: ["limits"],
    },
    others: [
      "ClientUnknown",
      "StoreDown",
      "concurrencyLimits",
      "corsPolicy",
      "csp",
      "cspNonce",
      "guardStore",
      "idempotencyKeys",
      "networkOf",
      "rateLimits",
      "requestIdOf",
      "secureHeadersOptions",
      "withCircuit",
    ],
  },
  // The same guards over another store, which its own tests hold to the same.
  "@openspeed/security/redis": { attacked: {}, others: ["redisStore"] },
  "@openspeed/static": {
    attacked: { assets: ["assets", "static"], files: ["static"], folder: ["static"] },
    others: ["FilesError"],
  },
  "@openspeed/router-fs": { attacked: { routesFrom: ["_use.ts"] }, others: [] },
  "@openspeed/router-fs/generate": { attacked: {}, others: ["diskAt", "openProject"] },
};

/** Packages that answer nobody from outside. */
export const silent: { readonly [folder: string]: string } = {
  cli: "a command; its development server is for this machine's names, and tested there",
  client: "asks, and answers nothing",
  "create-openspeed": "a command",
  generate: "a command",
  testing: "for tests",
};

export interface Floor {
  readonly name: string;
  readonly purpose: string;
  /** Folders in packages/, existing or planned. */
  readonly packages: readonly string[];
}

/**
 * The house by floor: a floor's number is its place in this list. An import only goes down, and packages on one floor
 * do not import each other: they meet through the ports and the graph in core. apps/* stand on top and may import all.
 */
export const floors: readonly Floor[] = [
  { name: "kernel", purpose: "routes, compiling, the graph", packages: ["core"] },
  {
    name: "edges",
    purpose: "where data enters and leaves",
    packages: [
      "adapter-bun",
      "adapter-deno",
      "adapter-gcf",
      "adapter-lambda",
      "adapter-node",
      "adapter-vercel",
      "adapter-workers",
      "client",
      "testing",
    ],
  },
  {
    name: "capabilities",
    purpose: "what a route can use",
    packages: [
      "audit",
      "auth",
      "cache",
      "db-prisma",
      "mail",
      "multipart",
      "observability",
      "pages",
      "rbac",
      "resilience",
      "security",
      "static",
      "storage",
      "tenancy",
    ],
  },
  {
    name: "projections",
    purpose: "what is derived from the graph",
    packages: ["analytics", "graphql", "kubernetes", "mcp", "openapi", "playground"],
  },
  {
    name: "tools",
    purpose: "what builds an app",
    packages: ["generate", "migrate", "registry", "router-fs"],
  },
  { name: "commands", purpose: "what a person types", packages: ["cli", "create-openspeed"] },
];

export interface Reach {
  /** The folder that reaches, and the file it may take. */
  readonly from: string;
  readonly file: string;
  readonly why: string;
}

/** What may be taken from inside another folder all the same. */
export const reaches: readonly Reach[] = [
  {
    from: "apps/bench",
    file: "packages/adapter-node/test/load.ts",
    why: "the figures of a shutdown are taken by the very clients that its tests use",
  },
  {
    from: "apps/bench",
    file: "packages/core/src/compile/matcher.ts",
    why: "a lookup is timed alone, and no user needs the matcher without an app",
  },
  // Readers are fuzzed alone, at a hundred times the speed of an app, and against what their own tests hold them against.
  ...[
    "src/compile/matcher.ts",
    "src/compile/serialize.ts",
    "src/request/conditional.ts",
    "src/request/cookies.ts",
    "src/request/json.ts",
    "src/request/negotiate.ts",
    "src/request/path.ts",
    "src/request/query.ts",
    "test/references/description.ts",
    "test/references/json.ts",
    "test/references/matcher.ts",
    "test/references/path.ts",
    "test/references/query.ts",
  ].map((file) => ({
    from: "tooling/fuzz",
    file: `packages/core/${file}`,
    why: "what reads a client's bytes is no package's public surface",
  })),
];

/** Where a build lies, from the project's folder. */
export const DIST = "dist";

/** Stands for an adapter where there is no server: the suite then runs through `fetch` alone. */
export const serve = undefined;

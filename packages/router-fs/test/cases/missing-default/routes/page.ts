export const title = "none";

export const use = [];

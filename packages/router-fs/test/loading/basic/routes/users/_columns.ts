export const columns = ["id", "name"];

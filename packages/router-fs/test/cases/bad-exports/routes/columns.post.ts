export const columns = ["id"];

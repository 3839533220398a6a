/** The element around an island's HTML, known to both halves. It makes no box of its own. */
export const ISLAND = "os-island";

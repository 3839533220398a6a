/** Names that a context itself has; a provider cannot take one. */
export const reservedNames: ReadonlySet<string> = new Set([
  ..."shared incoming path rawParams search body offer error inputs deadline aborted method route meta params query headers cookies".split(
    " ",
  ),
  ..."request platform header accepts waitUntil report signal decoded fail constructor __proto__ prototype toString valueOf".split(
    " ",
  ),
]);

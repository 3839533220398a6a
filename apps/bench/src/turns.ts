/** The order of a round: each begins one place further, and every other goes backwards, so nobody always follows the same neighbour. */
export function turns<T>(all: readonly T[], round: number): T[] {
  const start = round % all.length;
  const order = [...all.slice(start), ...all.slice(0, start)];
  return round % 2 === 0 ? order : order.toReversed();
}

/** The known word that was probably meant: one that has most of its letters in common, in whatever order. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, likeness: likeness(word.toLowerCase(), candidate) }))
    .toSorted((a, b) => b.likeness - a.likeness);
  return best !== undefined && best.likeness >= 0.65 ? best.candidate : undefined;
}

/** Dice's coefficient over letters: 1 for the same letters, 0 for none in common. */
function likeness(a: string, b: string): number {
  const left = [...b];
  let common = 0;
  for (const letter of a) {
    const at = left.indexOf(letter);
    if (at === -1) continue;
    left.splice(at, 1);
    common++;
  }
  return (2 * common) / (a.length + b.length);
}

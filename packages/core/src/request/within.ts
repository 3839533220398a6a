/**
 * What a promise settles with, if it does so in time.
 *
 * @throws what `late` makes, `limit` milliseconds from now; what the promise does later is nobody's any more
 */
export async function within<T>(pending: Promise<T>, limit: number, late: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), limit);
  });
  try {
    return await Promise.race([pending, over]);
  } finally {
    clearTimeout(timer);
  }
}

/** Says on a terminal what is under way, on one line that the next overwrites; silent elsewhere. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[2K${text}`);
}

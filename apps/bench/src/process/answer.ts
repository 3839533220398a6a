/**
 * The child's half of a conversation: says it is ready, then answers one question after the other.
 * When the harness is gone, however it went, so is the child.
 */
export function answer<Ready, Question, Answer>(
  ready: Ready,
  respond: (question: Question) => Answer | Promise<Answer>,
): void {
  if (process.send === undefined) throw new Error("This file is started by the bench, not by hand: npm run bench");
  process.on("disconnect", () => process.exit(0));
  process.on("message", (question) => {
    // The boundary between two processes of one program: `startChild` names the same two types.
    void reply(respond, question as Question);
  });
  process.send(ready);
}

async function reply<Question, Answer>(
  respond: (question: Question) => Answer | Promise<Answer>,
  question: Question,
): Promise<void> {
  try {
    process.send?.({ answer: await respond(question) });
  } catch (error) {
    process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

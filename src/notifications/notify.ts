/** What people are told, once per changed verdict. */
export type Notice = {
  readonly keyId: string;
  readonly verdict: string;
  readonly incident?: string;
  readonly planId?: string;
  readonly sentences: readonly string[];
};

const TIMEOUT_MS = 10_000;

/**
 * Posts a notice as JSON to the configured webhook. Best effort and last: a notification that fails is logged and never
 * fails a repair.
 */
export const notify = async (
  webhook: string | undefined,
  notice: Notice,
  log: (line: string) => void,
): Promise<void> => {
  log(`${notice.keyId}: ${notice.verdict}. ${notice.sentences.join(' ')}`);
  if (!webhook) return;
  try {
    const answer = await fetch(webhook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(notice),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!answer.ok) log(`the notification webhook answered ${answer.status}`);
  } catch (error) {
    log(`the notification webhook failed: ${String(error)}`);
  }
};

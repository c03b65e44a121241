import type { Notice } from './notice.ts';
import { kindOfStatus, type Posted, TIMEOUT_MS } from './posted.ts';
import { webhookRetryMs } from './retry-after.ts';

/** What fetch says in its message may be the URL, which is a secret: only the name of the failure is told. */
const nameOf = (error: unknown): string => {
  const { name, cause } = error as { readonly name?: string; readonly cause?: { readonly code?: unknown } };
  return String(cause?.code ?? name);
};

/** Posts a body as JSON. Never throws, ends within seconds, and never says where to. */
export const postJson = async (url: string, body: unknown, type = 'application/json'): Promise<Posted> => {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify(body),
      // What is told is for this receiver, and a routing key with it: wherever it would lead, nobody has set that.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    const { ok, status } = answer;
    if (ok) return { kind: 'taken' };
    const after = webhookRetryMs(answer.headers.get('retry-after'), Date.now());
    return {
      kind: kindOfStatus(status),
      why: `answered ${status}`,
      ...(after !== undefined && { retryAfterMs: after }),
    };
  } catch (error) {
    return { kind: 'failed', why: `failed: ${nameOf(error)}` };
  }
};

/** Posts a notice as it is to who takes them so. Never throws, and never says where the webhook is. */
export const post = (webhook: string, notice: Notice): Promise<Posted> => postJson(webhook, notice);

import type { Reply } from './http-server.ts';

export type EventGridDelivery = { functionName: string; type: string; body: string };

/** Runs an Event Grid function with one event, or with a whole batch; rejects if the function fails. */
export type EventGridFunction = { takesBatch: boolean; run(value: unknown): Promise<void> };

/**
 * The webhook of the Event Grid extension. One failed event makes the whole batch fail, and Event Grid delivers all of
 * it again. The CloudEvents handshake with OPTIONS is refused, since the extension does not support it.
 */
export async function eventGridWebhook(
  delivery: EventGridDelivery,
  find: (name: string) => EventGridFunction | null,
): Promise<Reply> {
  const fn = find(delivery.functionName);
  if (!fn) return { status: 404, body: `cannot find function: '${delivery.functionName}'` };
  switch (delivery.type.toLowerCase()) {
    case 'subscriptionvalidation':
      return validate(delivery.body);
    case 'notification':
      return notify(delivery, fn);
    case 'unsubscribe':
      return { status: 202 };
    default:
      return { status: 400 };
  }
}

type Validation = { data: { validationCode?: string } | string };

/** The Event Grid schema sends an array. CloudEvents sends one object, whose data is JSON text. */
function validate(body: string): Reply {
  const message = parse(body);
  const first = (Array.isArray(message) ? message[0] : message) as Validation | undefined;
  const data = typeof first?.data === 'string' ? parse(first.data) : first?.data;
  const code = (data as { validationCode?: string } | undefined)?.validationCode;
  if (code === undefined) return { status: 400, body: 'the validation event has no data.validationCode' };
  return {
    status: 200,
    body: JSON.stringify({ validationResponse: code }),
    headers: { 'content-type': 'application/json' },
  };
}

async function notify({ functionName, body }: EventGridDelivery, fn: EventGridFunction): Promise<Reply> {
  const message = parse(body);
  if (message === undefined) return { status: 400, body: 'the body is not JSON' };
  const events: unknown[] = Array.isArray(message) ? message : [message];
  const runs = await Promise.allSettled(fn.takesBatch ? [fn.run(events)] : events.map((event) => fn.run(event)));
  if (runs.every((run) => run.status === 'fulfilled')) return { status: 202 };
  return { status: 500, body: `Exception while executing function: Functions.${functionName}` };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { messageEvent } from './channels/cloud-event.ts';
import { pagerDutyEvents } from './channels/pager-duty.ts';
import { slackBody } from './channels/slack.ts';
import { teamsBody } from './channels/teams.ts';
import type { Message } from './message.ts';
import { postJson } from './post.ts';
import type { Posted } from './posted.ts';
import type { MessageTarget } from './target.ts';

const BODIES: {
  readonly [Channel in MessageTarget['channel']]: (
    message: Message,
    target: MessageTarget,
    source: string,
  ) => readonly unknown[];
} = {
  teams: (message) => [teamsBody(message)],
  slack: (message) => [slackBody(message)],
  pagerduty: (message, { key }, source) => pagerDutyEvents(message, { routingKey: key, source }),
  cloudevents: (message, _target, source) => [messageEvent(message, source)],
};

const TYPES: Partial<Record<MessageTarget['channel'], string>> = {
  cloudevents: 'application/cloudevents+json; charset=utf-8',
};

/**
 * One try to send a message to a target, in as many requests as its channel needs. Where one request of several fails,
 * all are sent again: each has an id, so that the receiver recognizes the same event.
 */
export const postMessage = async (target: MessageTarget, source: string, message: Message): Promise<Posted> => {
  for (const body of BODIES[target.channel](message, target, source)) {
    const posted = await postJson(target.url, body, TYPES[target.channel]);
    if (posted.kind !== 'taken') return posted;
  }
  return { kind: 'taken' };
};

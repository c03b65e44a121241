import type { Message } from '../message.ts';

/** The version of the data of such an event: a part of `dataschema`. */
const VERSION = 1;

const NAMES: Readonly<Record<Message['kind'], string>> = {
  ask: 'Asked',
  run: 'Repairing',
  report: 'Reported',
  unseen: 'Unseen',
  alert: 'Alert',
  healthy: 'WellAgain',
  summary: 'Summary',
};

/**
 * The members of a stored message whose names have changed, by both names. The next version leaves out `harm`, `harmed`,
 * `alsoHarmed` and `byHand`.
 */
const namesOf = ({ harm, harmed, alsoHarmed, byHand }: Message) => ({
  impact: harm,
  affected: harmed.map(({ harm: impact, ...one }) => ({ ...one, impact })),
  alsoAffected: alsoHarmed,
  manual: byHand,
});

/** A message as CloudEvents 1.0 in structured mode. `subject` is the thread, the same for all messages of one root cause. */
export const messageEvent = (message: Message, source: string) => {
  const { owners: _owners, touches: _touches, ...data } = message;
  return {
    specversion: '1.0',
    id: message.id,
    source,
    type: `CmkGuardian.Message.${NAMES[message.kind]}`,
    time: message.at,
    subject: message.threads[0] ?? message.over[0] ?? message.id,
    datacontenttype: 'application/json',
    dataschema: `urn:cmk-guardian:message:${VERSION}`,
    data: { ...data, ...namesOf(message) },
  };
};

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseKeyVaultEvent } from '../../src/signals/key-vault-event.ts';
import { parseResourceEvent } from '../../src/signals/resource-event.ts';

const FIXTURES = `${import.meta.dirname}/fixtures`;

/** `for`: the function that gets it. `expect`: a signal as a whole, of a refusal its kind. */
type Reading = {
  readonly for: 'on-key-vault-event' | 'on-resource-event';
  readonly expect: { readonly kind: 'signal' | 'ignored' | 'malformed' };
};

const readJson = (file: string): unknown => JSON.parse(readFileSync(`${FIXTURES}/${file}`, 'utf8'));

const READINGS = Object.entries(readJson('events.readings.json') as Record<string, Reading>);

/** A file with a list has the form that a webhook gets: a function gets its one element. */
const eventIn = (file: string): unknown => {
  const sent = readJson(`events/${file}`);
  return Array.isArray(sent) ? sent[0] : sent;
};

describe('An event in a shape that was published of Azure', () => {
  it.each(READINGS)('is read as what it names: %s', (file, { for: receiver, expect: reading }) => {
    const read = (receiver === 'on-key-vault-event' ? parseKeyVaultEvent : parseResourceEvent)(eventIn(file));
    if (reading.kind === 'signal') expect(read).toEqual(reading);
    else expect(read).toMatchObject(reading);
  });
  it.each(READINGS)(
    'is read so in a batch of one as well, as a text, and with its data as a text: %s',
    (file, { for: receiver }) => {
      const read = receiver === 'on-key-vault-event' ? parseKeyVaultEvent : parseResourceEvent;
      const event = eventIn(file) as Readonly<Record<string, unknown>>;
      const alone = read(event);
      expect([read([event]), read(JSON.stringify(event)), read(JSON.stringify([event]))]).toEqual([
        alone,
        alone,
        alone,
      ]);
      if (event['data'] !== undefined) expect(read({ ...event, data: JSON.stringify(event['data']) })).toEqual(alone);
    },
  );

  it('has a reading, whichever it is', () => {
    expect(readdirSync(`${FIXTURES}/events`).toSorted()).toEqual(READINGS.map(([file]) => file).toSorted());
  });
});

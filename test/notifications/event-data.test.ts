import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { schemaName, schemaUri } from '../../src/notifications/cloud-event.ts';
import { EVENT_DATA, type EventType } from '../../src/notifications/event-data.ts';

const FOLDER = path.join(import.meta.dirname, '..', '..', 'docs', 'events');
const TYPES = Object.keys(EVENT_DATA) as EventType[];

const committed = (file: string): unknown =>
  existsSync(path.join(FOLDER, file)) ? JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) : `no ${file}`;

const example = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
  source: z.string(),
  type: z.string(),
  subject: z.string(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  dataschema: z.string(),
  data: z.unknown(),
});

describe('The contract of the events', () => {
  it.each(TYPES)('of %s has an example that is valid, member by member', (type) => {
    const event = z.parse(example, committed(`${schemaName(type)}.example.json`));
    expect([event.type, event.dataschema]).toEqual([type, schemaUri(type)]);
    const data = z.parse(EVENT_DATA[type], event.data);
    // The schema removes members that it does not name.
    expect(data).toEqual(event.data);
    expect(event.subject).toBe(data.key);
  });

  it('has no other files, and every type on its page', () => {
    const files = TYPES.flatMap((type) => ['schema', 'example'].map((what) => `${schemaName(type)}.${what}.json`));
    expect(readdirSync(FOLDER).toSorted()).toEqual([...files, 'README.md'].toSorted());
    const page = readFileSync(path.join(FOLDER, 'README.md'), 'utf8');
    for (const type of TYPES) expect(page).toContain(`\`${type}\``);
  });
});

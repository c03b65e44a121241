import { EventGridDeserializer } from '@azure/eventgrid';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EventSchema, renderEvent } from '../../../../local/cloud/event-grid/event-schema.ts';
import type { GridEvent } from '../../../../local/cloud/event-grid/grid-event.ts';
import { keyVaultEvent } from '../../../../local/cloud/event-grid/key-vault-event.ts';
import { EXPIRED, NEAR, NEW } from './grid.ts';

const topic = '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/contoso';
const seconds = fc.option(fc.integer({ min: 0, max: 4_000_000_000 }), { nil: undefined });

const event: fc.Arbitrary<GridEvent> = fc
  .record({
    id: fc.uuid(),
    type: fc.constantFrom(NEW, NEAR, EXPIRED) as fc.Arbitrary<GridEvent['type']>,
    at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    name: fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9-]{0,30}$/),
    version: fc.stringMatching(/^[0-9a-f]{32}$/),
    nbf: seconds,
    exp: seconds,
  })
  .map(({ name, version, nbf, exp, ...rest }) => ({
    ...rest,
    topic,
    vault: 'contoso',
    key: { kid: `https://contoso.vault.azure.net/keys/${name}/${version}`, name, version, nbf, exp, createdAt: 0 },
  }));

const rendered = (given: GridEvent, schema: EventSchema, seed: number) =>
  renderEvent(keyVaultEvent(given, seed), schema);
const dataOf = (written: Record<string, unknown>) => written['data'] as Record<string, string | number | null>;
const trimmed = (data: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name.trim(), typeof value === 'string' ? value.trim() : value]),
  );

describe('an event of a key', () => {
  it('says which key, in PascalCase, whatever stray spaces it carries', () => {
    fc.assert(
      fc.property(event, fc.nat(), (given, seed) => {
        const data = trimmed(dataOf(rendered(given, 'EventGridSchema', seed)));
        expect(data).toMatchObject({
          Id: given.key?.kid,
          VaultName: 'contoso',
          ObjectType: 'Key',
          ObjectName: given.key?.name,
          Version: given.key?.version,
        });
      }),
    );
  });

  it('writes its dates as numbers or in quotes, and those that are not set as null or not at all', () => {
    fc.assert(
      fc.property(event, fc.nat(), (given, seed) => {
        const { EXP, NBF } = dataOf(rendered(given, 'EventGridSchema', seed));
        for (const [written, value] of [
          [EXP, given.key?.exp],
          [NBF, given.key?.nbf],
        ])
          if (value === undefined) expect(written ?? null).toBeNull();
          else expect([value, String(value)]).toContain(written);
      }),
    );
  });

  it('comes in every one of these shapes', () => {
    const shapes = fc.sample(event, 500).map((given) => dataOf(rendered(given, 'EventGridSchema', 7)));
    const seen = new Set(
      shapes.flatMap((data) => ['EXP' in data ? typeof data['EXP'] : 'absent', 'ObjectName ' in data]),
    );
    expect(seen).toEqual(new Set(['number', 'string', 'object', 'absent', true, false]));
  });

  it('is the same for the same seed', () => {
    fc.assert(
      fc.property(event, fc.nat(), (given, seed) => {
        expect(rendered(given, 'EventGridSchema', seed)).toEqual(rendered(given, 'EventGridSchema', seed));
      }),
    );
  });

  it('is an event to the SDK in both schemas', async () => {
    const deserializer = new EventGridDeserializer();
    for (const given of fc.sample(event, 50)) {
      const [grid] = await deserializer.deserializeEventGridEvents(rendered(given, 'EventGridSchema', 1));
      expect(grid).toMatchObject({ id: given.id, subject: given.key?.name, topic, eventType: given.type });
      expect(grid?.eventTime).toEqual(new Date(given.at));
      const [cloud] = await deserializer.deserializeCloudEvents(rendered(given, 'CloudEventSchemaV1_0', 1));
      expect(cloud).toMatchObject({ id: given.id, subject: given.key?.name, source: topic, type: given.type });
    }
  });

  it('carries in the CloudEvents schema nothing of the other one', () => {
    fc.assert(
      fc.property(event, fc.nat(), (given, seed) => {
        expect(Object.keys(rendered(given, 'CloudEventSchemaV1_0', seed)).sort()).toEqual([
          'data',
          'id',
          'source',
          'specversion',
          'subject',
          'time',
          'type',
        ]);
      }),
    );
  });
});

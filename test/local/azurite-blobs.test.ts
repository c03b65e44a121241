import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Sought, seekByName } from '../../local/azurite-blobs.ts';

type Collection = Sought & { insert(row: object): unknown; remove(row: object): unknown };

const require = createRequire(createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js'));
const Loki = require('lokijs') as new (
  file: string,
) => {
  addCollection(name: string, options: { readonly indices: readonly string[] }): Collection;
};

/** The indices of Azurite's collection of blobs. */
const INDICES = ['accountName', 'containerName', 'name', 'snapshot'];

const text = fc.constantFrom('', '1', '1e0', '10', 'a', 'B', 'b');
const blob = fc.record({ accountName: text, containerName: text, name: text, snapshot: text });
const query = fc.record(
  { accountName: text, containerName: text, name: text, snapshot: text },
  { requiredKeys: ['accountName'] },
);

describe('A blob of the emulator', () => {
  it('is the one that LokiJS finds without its name first', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(blob, { selector: (one) => JSON.stringify(one), maxLength: 40 }),
        query,
        (blobs, one) => {
          const open = (): Collection => new Loki('').addCollection('blobs', { indices: INDICES });
          const [plain, byName] = [open(), open()];
          seekByName(byName);
          for (const each of blobs) for (const collection of [plain, byName]) collection.insert({ ...each });
          const found = plain.findOne(one);
          const sought = byName.findOne(one);
          if (found === null) expect(sought).toBeNull();
          else expect(sought).toMatchObject(one);
        },
      ),
    );
  });
});

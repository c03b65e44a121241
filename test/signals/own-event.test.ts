import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAlert } from '../../src/signals/alert.ts';
import { parseKeyVaultEvent } from '../../src/signals/key-vault-event.ts';
import { parseObstacle } from '../../src/signals/obstacle-event.ts';
import { parseResourceEvent } from '../../src/signals/resource-event.ts';

const FOLDER = path.join(import.meta.dirname, '..', '..', 'docs', 'events');
const EXAMPLES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.example.json'))
  .map((file) => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as { type: string });

describe('An event of the product that comes back', () => {
  it.each(EXAMPLES.map((event) => [event.type, event]))(
    'is nothing to look at, by whatever door: %s',
    (_type, event) => {
      expect(parseKeyVaultEvent(event)).toMatchObject({ kind: 'ignored', why: expect.stringContaining('itself') });
      expect(parseResourceEvent(event)).toMatchObject({ kind: 'ignored', why: expect.stringContaining('itself') });
      expect(parseObstacle(event)).toBeUndefined();
      expect(readAlert(event)).toMatchObject({ reading: 'ignore', signals: [] });
    },
  );

  it('is nothing in a batch either; a batch with anything else in it is read as before', () => {
    expect(readAlert(EXAMPLES)).toMatchObject({ reading: 'ignore' });
    const other = { ...EXAMPLES[0], type: 'Contoso.Opened' };
    expect(readAlert([...EXAMPLES, other])).not.toMatchObject({ reading: 'ignore' });
  });

  it('is known by its type alone: whoever names the product as a source is no product', () => {
    const claimed = { ...EXAMPLES[0], type: 'Microsoft.Resources.ResourceWriteSuccess' };
    expect(parseResourceEvent(claimed)).toMatchObject({ kind: 'malformed' });
  });
});

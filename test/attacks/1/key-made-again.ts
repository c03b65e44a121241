import { remakeKey } from '../../builders/another-vault.ts';
import type { Attack } from '../attack.ts';
import { OBLIGING, replaced } from '../obliging-app.ts';

const VAULT = 'kv-rekeyed';

export const keyMadeAgain: Attack = {
  item: '1',
  sentence: 'an officer of one vault deletes a key, purges it and makes another of its name',
  plan: OBLIGING,
  play: (app) => replaced(app, VAULT, 'keyForeign', () => remakeKey(app, VAULT)),
};

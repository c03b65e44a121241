import { callHost } from '../../../local/call-host.ts';
import { breakLink } from '../../builders/breaking/break-link.ts';
import { type App, NEXT_SWEEP } from '../../builders/open-app.ts';
import { signedIn } from '../../builders/people.ts';
import type { Attack } from '../attack.ts';
import { OPENED, OWNER_TAG } from '../door-apps.ts';
import { subjectIn } from '../kept.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-labelled';
const FORMULA = "=cmd|' /C calc'!A0";
/** The signs with which a spreadsheet begins a cell, in different countries. */
const OWNER = [FORMULA, `;${FORMULA}`, `\r\n${FORMULA}`, `"\t${FORMULA}`].join('data');

const PATHS = ['/api/reconciliations?verdict=all&format=csv', '/api/expiry?within=P3650D&format=csv'];

const textOf = async (app: App, path: string): Promise<string> => {
  let text = '';
  const { port } = app.host();
  const headers = await signedIn(app, 'approver');
  const answer = fetch(`http://127.0.0.1:${port}${path}`, { headers }).then(async (one) => {
    text = await one.text();
  });
  await callHost(app.clock, app.host(), { method: 'GET', path: '/api/health' });
  await answer;
  return text;
};

/** The cells by a very tolerant spreadsheet: separated by commas, semicolons, tabs and lines, quoted or not. */
const formulas = (text: string): readonly string[] => text.split(/[;,\t\r\n]/).filter((cell) => /^"?[=+@-]/.test(cell));

export const formulaInATag: Attack = {
  item: 'd3',
  sentence:
    'a contributor tags a vault, whose key is disabled then, with formulas that a spreadsheet runs where somebody opens our lists in it',
  plan: OPENED,
  play: async (app) => {
    const vault = app.cloud.world.keyVault.vault(VAULT);
    if (vault) vault.tags = { [OWNER_TAG]: OWNER };
    let texts: readonly string[] = [];
    const writes = await writesDuring(app, async () => {
      await app.pass(NEXT_SWEEP);
      breakLink(app.cloud.world, subjectIn(VAULT), 'keyDisabled');
      await app.pass(2 * NEXT_SWEEP);
      texts = await Promise.all(PATHS.map((path) => textOf(app, path)));
    });
    const found = texts.flatMap(formulas);
    return outcome(
      { writes, verdict: `${found.length} formulas; ${await verdictOn(app, VAULT)}` },
      {
        'the tags are in the list': texts.some((text) => text.includes('/C calc')),
        [`none begins a cell (${found[0]})`]: found.length === 0,
        'nothing is written': writes.length === 0,
      },
    );
  },
};

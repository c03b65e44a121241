import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asText } from '../../cli/sheet/as-text.ts';
import { approvedSheet } from '../../cli/sheets/approved.ts';
import { explainSheet } from '../../cli/sheets/explain.ts';
import { statusSheet } from '../../cli/sheets/status.ts';
import type { GetReconciliation200, GetSummary200 } from '../../client/api.ts';
import { homeTenant } from '../../local/cloud/create-world.ts';
import { contentHash, sha256 } from '../../src/remediation/model/canonical.ts';
import { anchorName, anchorsOf } from '../../src/remediation/protocol/anchors.ts';
import type { LedgerRow } from '../../src/remediation/protocol/ledger.ts';
import { expireKey, flexible, isDown, loseOrders, orders, ordersServes, single } from '../builders/incident.ts';
import { type App, faultsOf, MINUTE, NEXT_SWEEP, openApp } from '../builders/open-app.ts';
import { APPROVE, AUDIENCE, signedIn } from '../builders/people.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';
import { runStorage } from '../run/ground.ts';
import { EXIT, runAt, runIn, urlOf } from './rig.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'cmk-guardian-reports-'));

let app: App;
let guardian: ReturnType<typeof runAt>;

beforeAll(async () => {
  app = await openApp(
    { world: orders([single('orders'), flexible('web')]), wake: 'sweep', settings: APPROVE },
    runStorage(),
  );
  guardian = runAt(app);
  await loseOrders(app);
  await app.pass(NEXT_SWEEP);
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  const faults = await faultsOf(app);
  await app.close();
  expect(faults).toEqual([]);
});

/** The number of the only plan that is asked. */
const numberAsked = async (): Promise<string> => {
  const { out } = await guardian(['plan', '--output', 'json']);
  return (JSON.parse(out) as { number: string }[])[0]?.number ?? '';
};

const KEY = 'https://kv-orders.vault.azure.net/keys/cmk';

describe('Before anybody has answered, one command tells', () => {
  it('what is wrong now, whom it affects most, and what is asked', async () => {
    const { exit, out } = await guardian(['status']);
    expect(exit).toBe(EXIT.wrong);
    expect(out).toMatch(
      /^1 is down, 1 is weakened, 1 answer is yours to give\.\nMode approve\. 2 consumers and 1 key, 1 of 1 seen/,
    );
    expect(out).toMatch(/● {2}orders +single server +down for/);
    expect(out).toContain(`cmk-guardian approve ${await numberAsked()}`);
  });

  it('of what is held back where to read by what', async () => {
    const answer = JSON.parse((await guardian(['status', '--output', 'json'])).out);
    const value = answer.value.map((line: object) => ({ ...line, nextAction: { kind: 'held', sentence: '' } }));
    const shown = (lines: object) => asText(statusSheet({ ...answer, lines }), 120);
    expect(shown({ ...answer, value })).toMatch(/held back.*cmk-guardian explain https:.*kv-orders.*cmk/s);
    expect(shown(answer)).not.toContain('cmk-guardian explain');
  });

  it('that repairs are paused, by whom and why, so that nobody waits for what will not come', async () => {
    const answer = JSON.parse((await guardian(['status', '--output', 'json'])).out);
    const pause = { by: 'Kim', why: 'planned work' };
    const shown = (overrides: object) => asText(statusSheet({ ...answer, lines: answer, overrides }), 120);
    expect(shown({ paused: pause, pauses: [pause], doNotHeal: [] })).toContain(
      'Every repair is paused by Kim: planned work. cmk-guardian overrides tells more.',
    );
    const scoped = { ...pause, scope: '/subscriptions/1' };
    expect(shown({ paused: null, pauses: [scoped, scoped], doNotHeal: [] })).toContain(
      '2 scopes are paused by Kim: planned work. cmk-guardian overrides tells more.',
    );
    expect(shown({ paused: null, pauses: [], doNotHeal: [] })).not.toContain('paused');
  });

  it.each(['person', 'cannotSee'])('of what waits for somebody (%s) where to read what to do', async (kind) => {
    const answer = JSON.parse((await guardian(['status', '--output', 'json'])).out);
    const value = answer.value.map((line: object) => ({ ...line, nextAction: { kind, sentence: '' } }));
    const out = asText(statusSheet({ ...answer, lines: { ...answer, value } }), 120);
    expect(out).toMatch(/What a person has to do:\n +cmk-guardian explain https:.*kv-orders.*cmk/);
  });

  it('that nothing was found yet where there is no key, instead of that all is well', async () => {
    const answer = JSON.parse((await guardian(['status', '--output', 'json'])).out);
    const empty = { ...answer, lines: { ...answer, value: [] }, summary: { ...answer.summary, keys: 0, consumers: 0 } };
    expect(asText(statusSheet(empty), 120)).toMatch(/^Nothing that uses a customer-managed key has been found yet\./);
  });

  it('whose lock-out was due before now, and since when: nobody is about to be locked out in the past', async () => {
    const answer = JSON.parse((await guardian(['status', '--output', 'json'])).out);
    const [line] = answer.value;
    const losing = (n: number, by: string) => ({
      ...line,
      consumer: { ...line.consumer, id: `${n}` },
      impact: { kind: 'losesKey', by },
    });
    const value = [
      losing(1, '2026-01-01T00:10:00Z'),
      losing(2, '2026-01-01T00:05:00Z'),
      { ...losing(2, '2026-01-01T00:15:00Z'), key: 'https://kv-orders.vault.azure.net/keys/another' },
      losing(3, '2026-01-01T02:00:00Z'),
    ];
    const out = asText(statusSheet({ ...answer, lines: { ...answer, now: '2026-01-01T01:00:00Z', value } }), 120);
    expect(out).toMatch(/^2 may be locked out by now \(since 2026-01-01 00:05:00 UTC\), 1 is about to be locked out/);
  });

  it('that subscriptions are missing of which a person is asked, since what lies there is out of sight with them', async () => {
    const answer = JSON.parse((await guardian(['status', '--output', 'json'])).out);
    const since = '2026-01-01T00:00:00.000Z';
    const one = { id: '/subscriptions/1', managementGroups: ['landing-zones'], foundAt: since, seenAt: since };
    const shown = (missing: object) => {
      const lines = { ...answer, value: [] };
      return statusSheet({
        ...answer,
        lines,
        missing: [
          { ...one, missing },
          { ...one, missing },
        ],
      });
    };
    const asked = shown({ since, asked: true });
    expect(asText(asked, 120)).toContain('2 subscriptions are missing, and a person is asked whether they may go:');
    expect(asText(asked, 120)).toContain('    cmk-guardian subscriptions --missing');
    expect(asked.isWell).toBe(false);
    expect(asText(shown({ since, asked: false }), 120)).not.toContain('subscriptions');
  });

  it.each([
    ['cannotSee', 'Cannot see: '],
    ['person', 'Waits for a person: '],
  ] as const)('what a person has to do once, however many places of the answer say it (%s)', async (kind, begin) => {
    const answer = JSON.parse((await guardian(['explain', 'orders', '--output', 'json'])).out) as GetReconciliation200;
    const toDo = 'Let the product read the vault.';
    const { decision } = answer;
    if (decision === undefined) throw new Error('orders has no decision');
    const unseen = { ...decision, plan: { ...decision.plan, instructions: [toDo] } };
    const nextAction = { kind, sentence: `${begin}${toDo}` };
    const lines = answer.lines.map((line) => ({ ...line, nextAction }));
    const told = { ...answer, decision: unseen, lines, notes: [toDo, 'Another note.'] };
    const out = asText(explainSheet(told, {}), 200);
    expect(out.split(toDo)).toHaveLength(2);
    expect(out).toMatch(/What a person has to do is below.*What a person has to do\n.*Notes\nAnother note\./s);
  });

  it('how many are guarded', async () => {
    const { out } = await guardian(['summary']);
    expect(out).toMatch(/consumers +2: 1 flexible server, 1 single server/);
    expect(out).toMatch(/keys +1: 0 healthy, 0 being healed, 1 waiting for an answer/);
  });

  it('everything about one server, by its name or its key', async () => {
    for (const name of ['orders', 'https://kv-orders.vault.azure.net/keys/cmk']) {
      const { exit, out } = await guardian(['explain', name]);
      expect(exit).toBe(EXIT.wrong);
      expect(out).toMatch(/● orders \(single server\): down for/);
      expect(out).toContain('docs/runbooks/key-expired.md');
      expect(out).toMatch(/last sweep +ended \d+ (?:s|min).* ago \(2026-\d\d-\d\d \S+ UTC\)/);
      expect(out).toMatch(/asks +Extend the expiry of kv-orders\/cmk \(version [0-9a-f]{8}\)/);
    }
  });

  it('when the last sweep ended, since a key that is as it was is not recorded at every look', async () => {
    const answer = JSON.parse((await guardian(['explain', 'orders', '--output', 'json'])).out) as GetReconciliation200;
    const swept = (sweep: GetSummary200['sweep']): string => asText(explainSheet(answer, sweep), 200);
    const at = new Date(Date.parse(answer.now) - 4 * MINUTE).toISOString();
    expect(swept({ ended: { at, ageSeconds: 240 } })).toMatch(
      /last sweep +ended 4 min ago \(.* UTC\)\. It looks at every key in use that Azure shows; only what differs is recorded/,
    );
    expect(swept({})).toMatch(/last sweep +none has ended yet/);
  });

  it('of what was asked of it which plan is asked no more, since the world has changed', async () => {
    const answer = JSON.parse((await guardian(['explain', 'orders', '--output', 'json'])).out) as GetReconciliation200;
    const before = answer.asked.map((plan) => ({ ...plan, planId: '0'.repeat(64) }));
    const out = asText(explainSheet({ ...answer, asked: [...answer.asked, ...before] }, {}), 200);
    expect(out).toMatch(/\nPlan 00000000, .*: no more, since the world has changed\.\n/);
    expect(out.match(/cmk-guardian plan [0-9a-f]{8}/g)).toEqual([`cmk-guardian plan ${await numberAsked()}`]);
  });

  it('of a plan that is approved that it is asked no more, until the approval ends', async () => {
    const answer = JSON.parse((await guardian(['explain', 'orders', '--output', 'json'])).out) as GetReconciliation200;
    const [{ planId } = { planId: '' }] = answer.asked;
    const approvedUntil = (expires: string): string => {
      const approval = { planId, incident: '', used: [], stepIds: [], by: 'somebody', at: answer.now, expires };
      return asText(explainSheet({ ...answer, approvals: [approval] }, {}), 200);
    };
    expect(approvedUntil('2999-01-01T00:00:00.000Z')).toContain(': no more, since it is approved.');
    expect(approvedUntil(answer.now)).toContain(`cmk-guardian plan ${planId.slice(0, 8)}`);
  });

  it('of a plan that somebody has forbidden since that it is asked no more, and a yes to it what it does not do', async () => {
    const number = await numberAsked();
    await guardian(['do-not-heal', KEY, '--why', 'legal hold']);
    try {
      const { out } = await guardian(['status']);
      expect(out).not.toContain('cmk-guardian approve');
      expect(out).toMatch(/held back/);
      const told = (await guardian(['explain', 'orders'])).out.replaceAll(/\s+/g, ' ');
      expect(told).toContain(': no more, since it is held back.');
      expect(told).toContain(`cmk-guardian do-not-heal ${KEY} --lift --why '<why>'`);
      expect(told).not.toContain('<target>');
      expect((await guardian(['plan', number])).out.replaceAll(/\s+/g, ' ')).toMatch(
        /forbids repairs of \S+: legal hold\. .*cmk-guardian do-not-heal https:\S+ --lift/,
      );
      const answer = {
        planId: number.padEnd(64, '0'),
        status: 202,
        answer: { held: ['ada forbids repairs of it: a hold.'] },
      };
      expect(asText(approvedSheet([answer]), 200)).toContain(
        'is left out now, and counts as approved once that is over: ada forbids repairs',
      );
    } finally {
      await guardian(['do-not-heal', KEY, '--lift', '--why', 'it is over'], 'approver');
    }
    expect((await guardian(['status'])).out).toContain(`cmk-guardian approve ${number}`);
  });

  it('what happened in an incident that goes on, and where to read what it waits for', async () => {
    const { exit, out } = await guardian(['incident', 'orders']);
    expect(exit).toBe(EXIT.wrong);
    expect(out).toMatch(/closed +not yet/);
    expect(out).toContain('    cmk-guardian explain https://kv-orders.vault.azure.net/keys/cmk\n');
  });

  it.each(['P30D', 'P60D', 'P90D'])('what expires within %s, and what happens by itself', async (within) => {
    const { exit, out } = await guardian(['expiry', '--within', within]);
    expect(exit).toBe(EXIT.well);
    expect(out).toMatch(/^1 key version in use expires until \d{4}-\d\d-\d\d\./);
    expect(out).toMatch(/1 day ago +2026-03-01 +kv-orders\/cmk +[0-9a-f]{8} +web, orders +Asks: Extend/);
  });

  it('what a repair would do, of which nothing is done', async () => {
    const { exit, out } = await guardian(['start', 'orders', '--dry-run']);
    expect(exit).toBe(EXIT.well);
    expect(out).toMatch(/^In mode approve this would be done about kv-orders\/cmk\. Nothing is done now\./);
    expect(out).toMatch(/verdict +would be asked: Mode approve asks before every step\./);
    expect(out).toMatch(/allowed +yes/);
  });

  it('what is written when the plan is approved, and how that is undone', async () => {
    const { out } = await guardian(['plan', await numberAsked()]);
    expect(out).toMatch(/1\. Extend the expiry of kv-orders\/cmk/);
    expect(out).toMatch(/risk +restores what was there/);
    expect(out).toMatch(/undo +Set the former expiry/);
    // The steps are numbered as well: the commands show which number an answer takes.
    expect(out).toContain(`cmk-guardian approve ${await numberAsked()}`);
    expect(out).toContain(`cmk-guardian reject ${await numberAsked()} --why '<why>'`);
  });
});

describe('A report', () => {
  it('is being made where there is none yet, then tells what fails and what mends it', async () => {
    expect(await guardian(['coverage'])).toMatchObject({
      exit: EXIT.wrong,
      out: expect.stringContaining('Ask again.'),
    });
    await app.pass(2 * MINUTE);
    const { exit, out } = await guardian(['posture']);
    expect(exit).toBe(EXIT.wrong);
    expect(out).toMatch(/^\d+ rows of \d+ fail, /);
    expect(out).toMatch(/S2\.\d+ [\w/-]+: fails\n/);
    const csv = (await guardian(['posture', '--verdict', 'fail', '--output', 'csv'])).out;
    const failing = await guardian(['posture', '--verdict', 'fail']);
    const failures = failing.out.split('\n').flatMap((line) => /^S\d\.\d+ +\w+ +(\d+) /.exec(line)?.[1] ?? []);
    expect(failures.length).toBeGreaterThan(0);
    expect(failures).not.toContain('0');
    expect(csv).toMatch(/^row,statement,check,subject,kind,use,verdict,evidence,plan,runbook\r\n/);
    expect(await guardian(['posture', '--look'])).toMatchObject({ exit: EXIT.well });
  });

  it('tells what it cannot see or repair, with the commands that change it', async () => {
    const { exit, out } = await guardian(['coverage']);
    const gaps = JSON.parse((await guardian(['coverage', '--gaps', '--output', 'json'])).out).value as unknown[];
    expect(exit).toBe(gaps.length === 0 ? EXIT.well : EXIT.wrong);
    expect(out).toMatch(gaps.length === 0 ? /^Nothing is out of sight or out of reach/ : /^\d+ gaps?, /);
    expect(out).not.toMatch(/grant key access|grantKeyAccess/);
  });

  it('tells what auto would have done', async () => {
    const { exit, out } = await guardian(['would-have']);
    expect(exit).toBe(EXIT.well);
    expect(out).toMatch(/^What mode auto would have done from 2026-.*; the mode is\sapprove\./);
    expect(out).toMatch(/would have run +Extend the expiry of kv-orders\/cmk/);
  });

  it('tells what it costs', async () => {
    const { exit, out } = await guardian(['cost']);
    expect(exit).toBe(EXIT.well);
    expect(out).toMatch(/^1 key in use, 200 of them a vault/);
    expect(out).toMatch(/\d+ +together$/);
  });
});

describe('A person', () => {
  it('pauses, sees who has paused and why, and lifts it', async () => {
    const paused = await guardian(['pause', '--why', 'planned work', '--until', 'PT2H'], 'operator');
    expect(paused).toMatchObject({ exit: EXIT.well, out: expect.stringMatching(/^Writes are paused, until 2026-/) });
    const { out } = await guardian(['overrides'], 'reader');
    expect((await guardian(['orders'], 'reader')).out, 'by its earlier name').toBe(out);
    expect(out).toMatch(/pause +everything .*planned.*operator/s);
    expect(await guardian(['resume', '--why', 'it is over'], 'approver')).toMatchObject({ exit: EXIT.well });
    expect((await guardian(['overrides'], 'reader')).out).toBe('Nothing is held back by a person.');
  });

  it('forbids the healing of a server, with what that covers, and allows it again', async () => {
    const forbidden = await guardian(['do-not-heal', 'web', '--why', 'the customer leaves'], 'operator');
    expect(forbidden.out).toMatch(/^web is not healed, until it is lifted\. It covers 1 key and 1 consumer now\./);
    const lifted = await guardian(['do-not-heal', 'web', '--lift', '--why', 'they stay'], 'approver');
    expect(lifted).toMatchObject({ exit: EXIT.well, out: 'web may be healed again.' });
  });

  it('says no to a plan, and why', async () => {
    const { exit, out } = await guardian(['reject', await numberAsked(), '--why', 'not tonight'], 'approver');
    expect(exit).toBe(EXIT.well);
    expect(out).toMatch(/^Plan [0-9a-f]{8} is rejected, and all are told\.$/);
    await app.pass(MINUTE);
  });

  it('does not approve by a key, nor without the role, nor where nobody answers the question', async () => {
    const number = await numberAsked();
    const byKey = await guardian(['approve', number, '--yes']);
    expect(byKey.exit).toBe(EXIT.outOfReach);
    expect(byKey.said).toMatch(
      /of a person with the app role Approver\.\nTo sign in here: az login, .*leave out any key/,
    );
    expect(await guardian(['approve', number, '--yes'], 'reader')).toMatchObject({ exit: EXIT.outOfReach });
    const silent = await guardian(['approve', number], 'approver');
    expect(silent.exit).toBe(EXIT.usage);
    expect(silent.said).toMatch(/Approve 1 plan with \d writes\? Nobody is there to answer: add --yes\.$/);
  });

  it('approves after the writes were shown, and nothing is done after a no', async () => {
    const number = await numberAsked();
    const asked: string[] = [];
    const answering = (yes: boolean) => ({
      ask: async (question: string) => {
        asked.push(question);
        return yes;
      },
    });
    expect(await guardian(['approve', number], 'approver', answering(false))).toMatchObject({ exit: EXIT.wrong });
    const yes = await guardian(['approve', number, '--ticket', 'CHG1'], 'approver', answering(true));
    expect(asked).toEqual([expect.stringMatching(/^Approve 1 plan/), expect.stringMatching(/^Approve 1 plan/)]);
    expect(yes.said).toMatch(/Extend the expiry/);
    expect(yes.out).toMatch(new RegExp(`^Plan ${number} is approved, until 2026-.*The key is looked at\\.$`));
    await ordersServes(app);
    await app.pass(NEXT_SWEEP);
  });
});

describe('After it was healed, one command tells', () => {
  it('that all is well', async () => {
    const { exit, out } = await guardian(['status']);
    expect(out).toMatch(/^Everything that was looked at can use its key\.\nMode approve\./);
    expect(exit).toBe(EXIT.well);
  });

  it('why the server was down, what was done, who approved it, and what proves it', async () => {
    const { exit, out } = await guardian(['incident', 'orders']);
    expect(exit).toBe(EXIT.well);
    expect(out).toMatch(/Who was down\norders: \d+ min/);
    expect(out).toMatch(/Why\nThe key version kv-orders\/cmk \(version [0-9a-f]{8}\) expired at/);
    expect(out).toMatch(/rejected by approver.*not tonight/s);
    expect(out).toMatch(/approved by approver.*CHG1/s);
    expect(out).toMatch(/detected by the sweep/);
    expect(out).toMatch(/What was written\nExtend the expiry of kv-orders\/cmk \(https:.*: done\./s);
    expect(out).toMatch(/its chain is intact up to row \d+/);
  });

  it.each([
    ['posture', ['posture'], 'How customer-managed keys are kept'],
    ['incident', ['incident', 'orders'], 'Incident of'],
  ])('the report of the %s as one file that prints', async (name, words, title) => {
    const file = path.join(folder, `${name}.html`);
    const { exit, out, said } = await guardian([...words, '--report', file]);
    expect(said).toBe('');
    expect(exit).toBe(EXIT.well);
    expect(out).toContain('The report is in');
    const report = readFileSync(file, 'utf8');
    expect(report).toContain(`<h1>${title}`);
    expect(report).toContain('Mode</dt><dd>approve');
    expect(report).toMatch(/✓ intact<\/span><\/td><td class="n">\d+<\/td><td><code>[0-9a-f]{64}/);
  });

  it('where no report can be written, and that an incident is to be named', async () => {
    expect(await guardian(['incident', 'orders', '--report', folder])).toMatchObject({ exit: EXIT.usage });
    const mine = path.join(folder, 'mine.html');
    writeFileSync(mine, 'mine');
    expect(await guardian(['incident', 'orders', '--report', mine])).toMatchObject({
      exit: EXIT.usage,
      said: expect.stringContaining('there is something already. Name another file'),
    });
    expect(readFileSync(mine, 'utf8')).toBe('mine');
    expect(await guardian(['incident', '--report', path.join(folder, 'x')])).toMatchObject({ exit: EXIT.usage });
  });

  it('how often it broke, and how fast that was seen and healed, by its cause', async () => {
    const { exit, out } = await guardian(['history']);
    expect(exit).toBe(EXIT.well);
    expect(out).toMatch(/^1 incident from 2025-\d\d-\d\d to 2026-\d\d-\d\d\.\n/);
    expect(out).toMatch(/cause +incidents +detected after +healed after\nkey expired +1 +\d.* +\d/i);
    expect(out).toMatch(/week of +incidents\n/i);
    const { out: csv } = await guardian(['history', '--output', 'csv']);
    expect(csv).toMatch(/^id,key,name,openedAt,closedAt,cause,toDetect,toHeal,minutesDown,isRepaired\r\n\d{8}T/);
    expect(csv).toMatch(/keyExpired,\d.*,true/);
  });

  it('which incidents there were', async () => {
    const { exit, out } = await guardian(['incident', '--output', 'csv']);
    expect(exit).toBe(EXIT.well);
    expect(out).toMatch(/^id,keyId,openedAt,closedAt,minutesOpen\r\n\d{8}T\d{6}Z-[0-9a-f]{8},https:/);
  });
});

describe('The ledger', () => {
  const folderWithExport = async (): Promise<string> => {
    const folder = path.join(temporaryFolder('export-'), 'of-today');
    const { exit, out } = await guardian(['export', folder]);
    expect(exit).toBe(EXIT.well);
    expect(out).toMatch(/^\d+ files are in .*cmk-guardian verify --export/s);
    return folder;
  };
  const verify = (folder: string, ...more: string[]) => runIn(['verify', '--export', folder, ...more]);
  const ledgerIn = (folder: string): string =>
    path.join(
      folder,
      'ledger',
      readdirSync(path.join(folder, 'ledger')).find((name) => name.startsWith('kv-orders')) ?? '',
    );

  it('is checked row by row, with what its anchors prove', async () => {
    const { exit, out } = await guardian(['verify']);
    expect(out).toMatch(/^2 chains with \d+ rows: all intact\.\nAnchors: unlocked: proves nothing against the owner/);
    expect(exit).toBe(EXIT.well);
  });

  it('names the folder of an export in its command as one word of a shell, whatever it is called', async () => {
    const folder = path.join(temporaryFolder('export-'), "of today's audit; $(id)");
    const { out } = await guardian(['export', folder], 'key', { columns: undefined });
    const command = out.split('\n').find((line) => line.includes('verify --export')) ?? '';
    const words = execFileSync('sh', [], { input: `printf '%s\\0' ${command.trim()}`, encoding: 'utf8' }).split('\0');
    expect(words.slice(0, -1)).toEqual(['cmk-guardian', 'verify', '--export', folder]);
  });

  it('is exported with all that it names, and checked without an app', async () => {
    const folder = await folderWithExport();
    const ran = await verify(folder);
    expect(ran.out).toMatch(/^2 chains with \d+ rows: all intact\.\nAnchors: none compared\./);
    expect(ran.exit).toBe(EXIT.well);
    expect(readdirSync(folder).toSorted()).toEqual(
      expect.arrayContaining(['SHA256SUMS', 'evidence', 'incidents', 'ledger', 'posture.json', 'standing.json']),
    );
    expect(await guardian(['export', folder])).toMatchObject({
      exit: EXIT.usage,
      said: expect.stringMatching(/is not empty/),
    });
  });

  it('is called broken where a row of the export was changed, also with its hash in SHA256SUMS made anew', async () => {
    const folder = await folderWithExport();
    const file = ledgerIn(folder);
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace('not tonight', 'gladly now!'));
    const ran = await verify(folder);
    expect(ran.exit).toBe(EXIT.wrong);
    expect(ran.out).toMatch(/1 of 2 chains is broken\..*was changed after it was written.*is not as it was exported/s);
    const sums = path.join(folder, 'SHA256SUMS');
    const hash = (text: string) => contentHash(Buffer.from(text));
    writeFileSync(sums, readFileSync(sums, 'utf8').replace(hash(before), hash(readFileSync(file, 'utf8'))));
    const again = await verify(folder);
    expect(again.out).toMatch(/^1 of 2 chains is broken\./);
    expect(again.out).not.toMatch(/is not as it was exported/);
  });

  it('is called broken where rows were cut off, which anchors alone can tell', async () => {
    const folder = await folderWithExport();
    const file = ledgerIn(folder);
    const chain = JSON.parse(readFileSync(file, 'utf8')) as { chain: string; entries: LedgerRow[] };
    const anchors = temporaryFolder('anchors-');
    const ofChain = path.join(anchors, 'chains', sha256(chain.chain));
    mkdirSync(ofChain, { recursive: true });
    for (const anchor of anchorsOf(chain.entries))
      writeFileSync(path.join(ofChain, anchorName(anchor)), JSON.stringify({ chain: chain.chain, ...anchor }));
    expect(await verify(folder, '--anchors', anchors)).toMatchObject({ exit: EXIT.well });
    writeFileSync(file, JSON.stringify({ ...chain, entries: chain.entries.slice(0, 4) }));
    expect((await verify(folder, '--anchors', anchors)).out).toMatch(/Rows were cut off: an anchor knows row \d+/);
    expect(await verify(folder, '--anchors', folder)).toMatchObject({
      exit: EXIT.usage,
      said: expect.stringContaining('az storage blob download-batch'),
    });
  });
});

describe('The doctor', () => {
  it('tells over its doors whether the app is well, and what it cannot see or repair', async () => {
    const { out } = await guardian(['doctor']);
    expect(out).toMatch(/^The app answers, can look and can store\.|^Its timers stand still/);
    expect(out).toMatch(/What it cannot see or repair\n/);
    expect(out).toContain("cmk-guardian doctor --subscription '<subscription id>' --group '<group>' --app '<app>'");
  });

  it('asks Azure itself where the installation is named, and takes no name that is none', async () => {
    const wrong = await guardian(['doctor', '--app', 'contoso-guardian']);
    expect(wrong).toMatchObject({ exit: EXIT.usage, said: expect.stringContaining('--subscription') });
  });
});

describe('An alert that nobody understood', () => {
  it('is listed with its reason, shown whole, and read again; the doctor says that it is there', async () => {
    expect(await guardian(['alerts'])).toMatchObject({ exit: EXIT.well, out: 'Every alert was understood.' });
    const sent = await app.call({
      method: 'POST',
      path: '/api/keyed/alerts',
      body: { schemaId: 'of nobody', note: 'who reads this' },
    });
    expect(sent).toMatchObject({ status: 202, body: { heard: 'held' } });
    await app.pass(MINUTE);
    const listed = await guardian(['alerts', '--output', 'json']);
    const { id, why } = (JSON.parse(listed.out) as { value: { id: string; why: string }[] }).value[0] ?? {
      id: '',
      why: '',
    };
    expect(await guardian(['alerts'])).toMatchObject({ exit: EXIT.wrong, out: expect.stringContaining(id) });
    expect((await guardian(['alerts', id])).out).toMatch(/^id +[0-9a-f]+\n.*who reads this/s);
    expect((await guardian(['doctor'])).out).toMatch(/1 not understood: cmk-guardian alerts/);
    const again = await guardian(['alerts', id, '--read-again'], 'operator');
    expect(again.exit).toBe(EXIT.wrong);
    expect(again.said).toContain(why);
    expect(await guardian(['alerts', '--read-again'])).toMatchObject({ exit: EXIT.usage });
  });
});

describe('A vault that bears the name of a known one', () => {
  const at = (group: string): string =>
    `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/${group}/providers/Microsoft.KeyVault/vaults/kv-orders`;
  const accept = ['accept-vault', at('data'), at('moved'), '--why', 'moved to its team', '--yes'];

  it('is accepted by an approver alone, after both ids were shown, and is not where it is not what is there', async () => {
    const { exit, said } = await guardian(accept, 'approver');
    expect(exit).toBe(EXIT.wrong);
    expect(said).toMatch(/there is nothing to accept|No key is known of a vault/);
    expect(await guardian(accept, 'operator')).toMatchObject({ exit: EXIT.outOfReach });
    const unsaid = await guardian(accept.slice(0, -1), 'approver');
    const byName = await guardian(['accept-vault', 'kv-orders', at('moved'), '--why', 'moved', '--yes'], 'approver');
    expect(byName.exit).toBe(EXIT.usage);
    expect(byName.said).toContain('keeps its name, so it takes the whole ids');
    expect(unsaid.said).toMatch(/known +\/subscriptions\/.*present +\/subscriptions\/.*add --yes/s);
  });
});

describe('Who watches', () => {
  it('sees an incident as it happens, and is told when all is well again', async () => {
    expireKey(app);
    await app.until('orders is down', () => isDown(app, 'orders'), 15 * MINUTE);
    await app.pass(NEXT_SWEEP);
    expect(await guardian(['approve', await numberAsked(), '--yes'], 'approver')).toMatchObject({ exit: EXIT.well });
    const watching = { sleep: (ms: number) => app.pass(ms) };
    const { exit, out } = await guardian(['watch', '--until-well'], 'key', watching);
    const lines = out.split('\n');
    const at = (words: RegExp): number => lines.findIndex((line) => words.test(line));
    const places = [
      / lost$/,
      / detected by the sweep/,
      / approved by/,
      / begun extend the expiry of kv-orders\/cmk/,
      / serves$/,
      / healed$/,
    ].map(at);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places).not.toContain(-1);
    expect(lines.at(-1)).toBe('All is well.');
    expect(exit).toBe(EXIT.well);
  });
});

describe('Who signs in', () => {
  it('gets a token for what the app itself says, once for a command', async () => {
    const asked: unknown[] = [];
    const around = {
      environment: { GUARDIAN_URL: urlOf(app) },
      signIn: async (way: string | undefined, settings: unknown) => {
        asked.push([way, settings]);
        return (await signedIn(app, 'reader'))['authorization']?.replace('Bearer ', '') ?? '';
      },
    };
    expect(await guardian(['--sign-in', 'device-code', 'summary'], 'key', around)).toMatchObject({ exit: EXIT.well });
    const settings = { tenantId: homeTenant, audience: AUDIENCE, scope: `${AUDIENCE}/.default` };
    expect(asked).toEqual([['device-code', expect.objectContaining(settings)]]);
    await guardian(['status'], 'key', around);
    expect(asked).toHaveLength(2);
  });
});

describe('Long work', () => {
  it('shows how far it is on a terminal, once it has lasted for two seconds', async () => {
    const drawn: string[] = [];
    const terminal = Object.assign(
      new Writable({ write: (chunk, _encoding, done) => done(void drawn.push(String(chunk))) }),
      {
        isTTY: true,
        columns: 80,
        cursorTo: () => true,
        clearLine: () => true,
        moveCursor: () => true,
      },
    ) as unknown as NodeJS.WriteStream;
    const quick = await guardian(['verify'], 'key', { progress: terminal });
    expect([quick.exit, drawn.join('')]).toEqual([EXIT.well, '']);
    let now = 0;
    const slow = () => {
      now += 1_500;
      return now;
    };
    expect(await guardian(['verify'], 'key', { progress: terminal, now: slow })).toMatchObject({ exit: EXIT.well });
    expect(drawn.join('')).toMatch(/Reading chains \[=* *\] \d of 2/);
  });
});

describe('A command that cannot do what was asked', () => {
  it('ends with 2 and the fix where nothing bears the name, or a word is not understood', async () => {
    const unknown = await guardian(['explain', 'nobody']);
    expect(unknown.exit).toBe(EXIT.usage);
    expect(unknown.said).toMatch(/^Nothing that was seen in GUARDIAN_SCOPE is 'nobody'\./);
    expect(await guardian(['expiry', '--within', '90'])).toMatchObject({
      exit: EXIT.usage,
      said: expect.stringContaining('write an ISO 8601 duration'),
    });
  });

  it('ends with 3 where the key is none of this app', async () => {
    const refused = await guardian(['--key', 'guess', 'status']);
    expect(refused.exit).toBe(EXIT.outOfReach);
    expect(refused.said).toMatch(/^The key or token is not accepted\./);
  });
});

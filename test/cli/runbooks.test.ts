import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runbookOf } from '../../src/posture/runbooks.ts';
import { shellWords } from '../../src/posture/shell-words.ts';
import { FAULTS } from '../../src/remediation/model/faults.ts';
import { ROUTES } from '../../src/surface.ts';
import { breakLink } from '../builders/breaking/break-link.ts';
import { type Subject, subjectsOf, worldOf } from '../builders/breaking/subjects.ts';
import { curlRequest } from '../builders/curl.ts';
import { serves } from '../builders/incident.ts';
import { type App, faultsOf, MINUTE, NEXT_SWEEP, openApp } from '../builders/open-app.ts';
import { APPROVE, signedIn } from '../builders/people.ts';
import { commandsIn, PAGE_KINDS, sectionOf } from '../docs/runbooks/kinds.ts';
import { PLAYED, PLAYED_POSTURE } from '../docs/runbooks/played.ts';
import { sampled } from '../run/exhaustive.ts';
import { runStorage } from '../run/ground.ts';
import { EXIT, runAt, runIn, urlOf } from './rig.ts';

const told = sampled(PLAYED, 0, 1);
const subjects = subjectsOf(
  'single',
  'accessPolicies',
  told.map(([link]) => [link]),
);

const textOf = (kind: Parameters<typeof runbookOf>[0]): string =>
  readFileSync(path.join(import.meta.dirname, '../..', runbookOf(kind)), 'utf8');

const ours = (text: string): readonly string[] => commandsIn(text).filter((line) => /^(cmk-guardian|curl) /.test(line));

/** A command with the values of its placeholders. */
const filledIn = (line: string, values: Readonly<Record<string, string>>): string =>
  Object.entries(values).reduce((text, [name, value]) => text.replaceAll(name, value), line);

describe('The commands of the runbooks', () => {
  const vaultIn = (group: string): string =>
    `/subscriptions/${'1'.repeat(8)}-1111-1111-1111-${'1'.repeat(12)}/resourceGroups/${group}/providers/Microsoft.KeyVault/vaults/kv`;
  const values = {
    $API: 'https://guardian.example/api',
    $KEY: 'key',
    $TOKEN: 'token',
    '<name>': 'orders',
    '<number>': '0123abcd',
    '<plan id>': 'a'.repeat(64),
    '<key id>': 'https://kv.vault.azure.net/keys/cmk',
    '<why>': 'on purpose',
    '<new key version>': 'https://kv.vault.azure.net/keys/cmk/11111111111111111111111111111111',
    '<old ARM id>': vaultIn('data'),
    '<new ARM id>': vaultIn('moved'),
  };
  const lines = [...new Set(PAGE_KINDS.flatMap((kind) => ours(textOf(kind))))];

  it('are understood by the command line, every one that is its own', async () => {
    const commands = lines.filter((line) => line.startsWith('cmk-guardian '));
    expect(commands.length).toBeGreaterThan(15);
    const notUnderstood = await Promise.all(
      commands.map(async (line) => {
        const [, ...words] = shellWords(filledIn(line, values)) ?? [];
        const environment = { GUARDIAN_URL: 'http://127.0.0.1:9', GUARDIAN_KEY: 'key' };
        // What asks before it acts finds nobody here to answer.
        const agreed = words[0] === 'accept-vault' ? ['--yes'] : [];
        const { exit, said } = await runIn([...words, ...agreed, '--output', 'json'], { environment });
        return exit === EXIT.usage ? [`${line}: ${said}`] : [];
      }),
    );
    expect(notUnderstood.flat()).toEqual([]);
  });

  it('go to doors that there are, every one of curl, with what opens them', () => {
    const requests = lines
      .filter((line) => line.startsWith('curl '))
      .map((line) => ({ line, ...curlRequest(filledIn(line, values)) }));
    // Every fault has a line of its own, by which it is listed.
    expect(requests.length).toBeGreaterThan(Object.keys(FAULTS).length);
    const astray = requests.filter(({ method, url, headers }) => {
      const [, keyed, place = ''] = /^https:\/\/guardian\.example\/api\/(keyed\/)?([^?]*)/.exec(url) ?? [];
      const door = ROUTES.find(
        (one) => one.method === method && new RegExp(`^${one.route.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(place),
      );
      if (door === undefined) return true;
      return keyed ? door.keyed.level !== 'function' || !headers['x-functions-key'] : !headers['authorization'];
    });
    expect(astray).toEqual([]);
  });
});

describe('Whoever follows a runbook to its end', () => {
  let app: App;
  const broken = told.map(([, kind], n) => [kind, n] as const);

  beforeAll(async () => {
    const settings = { ...APPROVE, GUARDIAN_FUSE_ROOT_CAUSES: '99' };
    app = await openApp({ world: worldOf(subjects), wake: 'sweep', settings }, runStorage());
    await app.pass(NEXT_SWEEP);
    told.forEach(([link], n) => {
      breakLink(app.cloud.world, subjects[n] as Subject, link);
    });
    await app.until('all are down', () => subjects.every(({ name }) => !serves(app, name)), 15 * MINUTE);
    await app.pass(NEXT_SWEEP);
  });

  afterAll(async () => {
    const faults = await faultsOf(app);
    await app.close();
    expect(faults).toEqual([]);
  });

  const isForApprover = (line: string): boolean => /^cmk-guardian (approve|.* --lift)/.test(line);

  /** Runs a command, as the person whom the page names for it. Its answer may be healthy or a fault, but never a refusal. */
  const run = async (line: string): Promise<string> => {
    if (line.startsWith('curl ')) {
      const { url, ...request } = curlRequest(line);
      const answer = await fetch(url, request);
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${line}: ${answer.status} ${text}`);
      return text;
    }
    const [, ...words] = shellWords(line) ?? [];
    const { exit, out, said } = await runAt(app)(
      words[0] === 'approve' ? [...words, '--yes'] : words,
      isForApprover(line) ? 'approver' : 'key',
    );
    if (exit !== EXIT.well && exit !== EXIT.wrong) throw new Error(`${line}: ${exit} ${said}`);
    return out;
  };

  /** The plan of the subject, from the place that the page names. */
  const planOf = async ({ vault }: Subject): Promise<{ planId: string; number: string } | undefined> => {
    const { out } = await runAt(app)(['plan', '--output', 'json']);
    return (JSON.parse(out) as { planId: string; number: string; key: string }[]).find(({ key }) =>
      key.includes(vault),
    );
  };

  const namesFor = async (subject: Subject): Promise<Record<string, string>> => {
    const plan = await planOf(subject);
    const [, token = ''] = (await signedIn(app, 'approver'))['authorization']?.split(' ') ?? [];
    return {
      $API: `${urlOf(app)}/api`,
      $KEY: app.host().functionKey,
      $TOKEN: token,
      '<name>': subject.name,
      '<why>': 'the owner was asked',
      '<key id>': `https://${subject.vault}.vault.azure.net/keys/cmk`,
      ...(plan && { '<number>': plan.number, '<plan id>': plan.planId }),
    };
  };

  const follow = async (subject: Subject, section: string): Promise<readonly string[]> => {
    const values = await namesFor(subject);
    const answers: string[] = [];
    for (const line of ours(section)) answers.push(await run(filledIn(line, values)));
    return answers;
  };

  /** One of the two ways to approve is enough: pages alternate. */
  const oneWay = (section: string, n: number): string =>
    section.replace(n % 2 === 0 ? /^curl .*\n/m : /^cmk-guardian approve .*\n/m, '');

  it.each(broken)('sees it, forbids and allows it, approves it, and sees that it is over: %s', async (kind, n) => {
    const subject = subjects[n] as Subject;
    const text = textOf(kind);
    const [status = '', explained = '', listed = ''] = await follow(subject, sectionOf(text, 'See it'));
    expect(status).toContain(subject.name);
    expect(explained).toContain(runbookOf(kind));
    expect(JSON.parse(listed)).toMatchObject({ value: [expect.objectContaining({ fault: kind })] });
    await follow(subject, sectionOf(text, 'Was it meant?'));
    await app.pass(NEXT_SWEEP);
    const approval = oneWay(sectionOf(text, 'Approve'), n);
    await follow(subject, approval);
    if (/^It asks twice/m.test(approval)) {
      await app.pass(5 * MINUTE);
      await follow(subject, approval);
    }
    await app.until(`${subject.name} serves`, () => serves(app, subject.name), 45 * MINUTE);
    await app.pass(NEXT_SWEEP);
    const [, after = ''] = await follow(subject, sectionOf(text, 'Is it over?'));
    expect(after).not.toContain(runbookOf(kind));
    // The work of the requested look comes to its end.
    await app.pass(2 * MINUTE);
  });

  it('of what is no incident asks for the report, and reads its line', async () => {
    const text = textOf(PLAYED_POSTURE);
    await run('cmk-guardian posture --look');
    await app.pass(2 * MINUTE);
    const [out = ''] = await follow(subjects[0] as Subject, sectionOf(text, 'See it'));
    expect(out).toMatch(/S2\.18/);
    await follow(subjects[0] as Subject, sectionOf(text, 'Is it over?'));
  });
});

import { describe, expect, it } from 'vitest';
import { runDoctor } from '../../../infra/doctor/run.ts';
import type { Principal } from '../../../local/cloud/entra/entra.ts';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { aTenant, sendTo } from '../sign-in/directory.ts';

const WORDS = ['--subscription', subscriptionId, '--group', 'guardian', '--app', 'cmk-guardian'];

const asked = async (words: readonly string[], who: 'owner' | 'developer' = 'owner') => {
  const { cloud, entra, [who]: principal } = await aTenant();
  const said: string[] = [];
  const code = await runDoctor(words, {
    token: (_cloud, audience) => entra.issue({ principal: principal as Principal, audience }),
    send: sendTo(cloud),
    say: (text) => said.push(text),
  });
  return { code, said: said.join('\n'), requests: cloud.requests.list() };
};

describe('The command that looks from outside', () => {
  it('changes nothing in what it looks at', async () => {
    const { requests } = await asked(WORDS);
    expect(requests.length).toBeGreaterThan(1);
    expect(requests.filter(({ method, url }) => method !== 'GET' && !url.includes('/config/appsettings/list'))).toEqual(
      [],
    );
  });

  it('says that nobody knows, and why, to whom Azure lets see nothing', async () => {
    const { code, said } = await asked([...WORDS, '--json'], 'developer');
    const findings = JSON.parse(said) as { weight: string; sentence: string }[];
    expect(code).toBe(0);
    expect(findings[0]).toMatchObject({
      weight: 'unseen',
      sentence: expect.stringContaining('has no role that reads it: Reader is enough (Azure says: '),
    });
    expect(new Set(findings.map(({ weight }) => weight))).toEqual(new Set(['unseen']));
  });

  it.each([
    [['--app', 'cmk-guardian'], 2, '--subscription, --group and --app say which function app to look at.'],
    [[...WORDS, '--app', 'x/../y'], 2, '--app is no name of a function app.'],
    [[...WORDS, '--cloud', 'moon'], 2, '--cloud is one of public, usgov, china.'],
    [['--help'], 0, 'It reads only'],
  ])('is told by its words what to do: %s', async (words, expected, why) => {
    const said: string[] = [];
    const token = () => Promise.reject(new Error('A token was asked for.'));
    const code = await runDoctor(words, { token, send: token, say: (text) => said.push(text) });
    expect([code, said.join()]).toEqual([expected, expect.stringContaining(why)]);
  });
});

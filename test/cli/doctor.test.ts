import { expect, it } from 'vitest';
import { sendTo } from '../infra/sign-in/directory.ts';
import { named, subscriptionId } from '../local/cloud/sdk.ts';
import { aPlan, SITE, siteBody, storageSettings, withAccount } from '../local/cloud/web/deployed-site.ts';
import { aTerminal, EXIT, runIn } from './rig.ts';

it('the doctor tells from the side of Azure why an app does not start, and with which command it will', async () => {
  const plan = await aPlan();
  withAccount(plan);
  await plan.put(SITE, siteBody({ ...storageSettings(plan.clientId), GUARDIAN_IDENTITY_CLIENT_ID: plan.clientId }));
  await plan.world.clock.advance(60_000);
  const words = ['doctor', '--subscription', subscriptionId, '--group', 'guardian', '--app', 'contoso-guardian'];
  const asked: (string | undefined)[] = [];
  const around = {
    send: sendTo(plan.cloud),
    signIn: async (way: string | undefined, { scope }: { readonly scope: string }) => {
      asked.push(way);
      return plan.world.entra.issue({
        principal: named(plan.cloud, 'owner'),
        audience: scope.replace('/.default', ''),
      });
    },
  };
  const { exit, out } = await runIn([...words, '--sign-in', 'azure-cli'], around);
  expect(exit).toBe(EXIT.wrong);
  expect(out).toMatch(/Stops it: /);
  expect(out).toMatch(/^ {4}az /m);
  expect(new Set(asked)).toEqual(new Set(['azure-cli']));
  const { drawn, terminal } = aTerminal();
  let now = 0;
  const slow = () => {
    now += 700;
    return now;
  };
  await runIn(words, { ...around, progress: terminal, now: slow });
  expect(drawn).toContain('Asking Azure: 3 answers');
  expect(drawn.at(-1)).toBe('cleared');
  const csv = await runIn([...words, '--output', 'csv'], around);
  expect(csv.out).toMatch(/^weight,sentence,commands\r\nstops,/);
});

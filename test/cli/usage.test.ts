import { describe, expect, it } from 'vitest';
import { EXIT, runIn } from './rig.ts';

const AT = { environment: { GUARDIAN_URL: 'http://127.0.0.1:1', GUARDIAN_KEY: 'key' } };

describe('A command line that is not understood', () => {
  it.each([
    [['statsu'], /unknown command 'statsu'\s+\(Did you mean status\?\)/],
    [['explain'], /missing required argument 'name'/],
    [['expiry', '--withing', 'P1D'], /unknown option '--withing'/],
    [['reject', '0123abcd'], /required option '--why <text>' not specified/],
    // As it is printed, which a tired person pastes unread.
    [['reject', '0123abcd', '--why', '<why>'], /Put your own words there/],
    [['pause', '--why', '<why>'], /Put your own words there/],
    [['approve', '0123abcd', '--comment', '<why>', '--yes'], /Put your own words there/],
    // The steps of a plan are counted 1, 2, 3 on the same screen.
    [['approve', '1', '--yes'], /^'1' is not the number of a plan.*cmk-guardian plan shows it/],
    [['reject', '2', '--why', 'no'], /^'2' is not the number of a plan/],
    [['plan', 'https://kv.vault.azure.net/keys/cmk'], /is not the number of a plan/],
    [['status', '--output', 'xml'], /Allowed choices are table, json, csv/],
    [['start', '--repair', 'extendKeyExpiry'], /Say what is to be repaired/],
  ])('ends with 2, says what is wrong, and where more is told: %j', async (words, says) => {
    const { exit, out, said } = await runIn(words, AT);
    expect({ exit, out }).toEqual({ exit: EXIT.usage, out: '' });
    expect(said).toMatch(says);
  });

  it.each([
    [[], {}, /^Say where the function app is: --url https:/],
    [['--url', 'guardian'], {}, /^'guardian' is no address\. Write it like https:/],
    [['--url', 'http://contoso.azurewebsites.net'], {}, /in clear text\. Write https:/],
  ])('ends with 2 where the app is not named as it has to be: %j', async (words, environment, says) => {
    const { exit, said } = await runIn(['status', ...words], { environment });
    expect(exit).toBe(EXIT.usage);
    expect(said).toMatch(says);
  });
});

describe('A command whose app is out of reach', () => {
  it('ends with 3 and says where nothing answers', async () => {
    const { exit, said } = await runIn(['status'], AT);
    expect(exit).toBe(EXIT.outOfReach);
    expect(said).toMatch(/^Nothing answers at http:\/\/127\.0\.0\.1:1/);
  });

  it('is looked at from the side of Azure, as the doctor says who is asked why it does not answer', async () => {
    const { exit, said } = await runIn(['doctor'], AT);
    expect(exit).toBe(EXIT.outOfReach);
    expect(said).toMatch(/^Nothing answers at .*\nTo look at host, storage, network and roles/);
    expect(said).toMatch(
      /\n {4}cmk-guardian doctor --subscription '<subscription id>' --group '<group>' --app '<app>'$/,
    );
  });

  it('ends with 3 where nobody can be signed in', async () => {
    const asked: unknown[] = [];
    const { exit } = await runIn(
      ['--url', 'http://127.0.0.1:1', '--sign-in', 'azure-cli', '--scope-of-api', 'api://x/.default', 'status'],
      {
        ...AT,
        signIn: async (way, settings) => {
          asked.push([way, settings]);
          const { NotSignedIn } = await import('../../cli/failure.ts');
          throw new NotSignedIn('Nobody is signed in.');
        },
      },
    );
    expect(exit).toBe(EXIT.outOfReach);
    expect(asked[0]).toEqual(['azure-cli', { scope: 'api://x/.default' }]);
  });
});

it('tells of itself without an app', async () => {
  expect(await runIn(['--version'])).toMatchObject({ exit: EXIT.well, out: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  expect(await runIn(['--help'])).toMatchObject({
    exit: EXIT.well,
    out: expect.stringContaining('Exit codes: 0 well'),
  });
});

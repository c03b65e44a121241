import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellWord } from '../../../src/remediation/model/shell-word.ts';
import { rebuildScript } from '../../../src/remediation/plan/rebuild-script.ts';
import { anyCharacter } from '../../builders/arbitrary-text.ts';
import { anAssignment, anEventSubscription, aSetting, dependents, VAULT_ID } from '../../builders/vault-dependents.ts';
import { runs } from '../../run/exhaustive.ts';

/** The words that a shell hands to `az`, command by command. */
const parsed = (script: readonly string[]): string[][] => {
  const az = 'az() { for word in "$@"; do printf "%s\\0" "$word"; done; printf "\\0"; }';
  const text = execFileSync('sh', ['-eu', '-c', [az, ...script].join('\n')], {
    env: { ENDPOINT_URL: 'https://hook.example/?code=secret' },
    encoding: 'utf8',
  });
  return text
    .split('\0\0')
    .slice(0, -1)
    .map((line) => line.split('\0'));
};

const optionOf = (words: readonly string[] = [], name: string): string | undefined => words[words.indexOf(name) + 1];

const full = dependents({
  roleAssignments: [anAssignment('a', { condition: "@Request[x] StringEquals {'it''s'} AND `$HOME`" })],
  eventSubscriptions: [
    anEventSubscription('alerts'),
    anEventSubscription('queue', {
      endpointType: 'StorageQueue',
      body: { filter: { subjectBeginsWith: "o'neil=@/etc/passwd $(id)" } },
    }),
  ],
  diagnosticSettings: [aSetting('audit')],
  locks: [{ name: 'do not delete', level: 'CanNotDelete', notes: 'ask "Kim" first; $5\nsecond line' }],
});

describe('the script that gives a recovered vault back what it lacks', () => {
  const script = rebuildScript(VAULT_ID, full);

  it('has one command for each thing, and locks last', () => {
    expect(parsed(script).map((words) => words.slice(0, 3).join(' '))).toEqual([
      'role assignment create',
      'eventgrid event-subscription create',
      'rest --method put',
      'rest --method put',
      'lock create --name',
    ]);
  });

  it('hands every name, condition, note and body to the command as it was', () => {
    const [role, webhook, queue, setting, lock] = parsed(script);
    expect(optionOf(role, '--condition')).toBe(`(${full.roleAssignments[0]?.condition})`);
    expect(optionOf(role, '--scope')).toBe(VAULT_ID);
    expect(optionOf(webhook, '--endpoint')).toBe('https://hook.example/?code=secret');
    expect(JSON.parse(optionOf(queue, '--body') ?? '')).toEqual({ properties: full.eventSubscriptions[1]?.body });
    expect(JSON.parse(optionOf(setting, '--body') ?? '')).toEqual({ properties: aSetting('audit').body });
    expect(optionOf(lock, '--notes')).toBe(full.locks[0]?.notes);
    expect(optionOf(lock, '--name')).toBe('do not delete');
    expect(queue?.filter((word) => word.includes('=@'))).toEqual([]);
  });

  it('hands az no name and no note that it would read as a file or an option', () => {
    const lock = { name: '@/etc/passwd', level: 'CanNotDelete', notes: '--debug' };
    const [words] = parsed(rebuildScript(VAULT_ID, dependents({ locks: [lock] })));
    expect([optionOf(words, '--name'), optionOf(words, '--notes')]).toEqual(['<@/etc/passwd>', '<--debug>']);
  });

  it('is empty where nothing is lacking', () => {
    expect(rebuildScript(VAULT_ID, dependents())).toEqual([]);
  });
});

describe('a shell word', () => {
  it('is read by a shell as what it was, whatever that is', () => {
    const texts = fc.array(
      fc.string({ unit: anyCharacter }).filter((text) => !text.includes('\0') && text !== ''),
      {
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(texts, (words) => {
        expect(parsed([`az ${words.map(shellWord).join(' ')}`])).toEqual([words]);
      }),
      { numRuns: runs(50) },
    );
  });
});

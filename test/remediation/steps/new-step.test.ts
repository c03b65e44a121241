import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { STEPS } from '../../../src/remediation/steps/steps.ts';
import { compile } from '../../builders/compile.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');
const STEPS_FILE = 'src/remediation/steps/steps.ts';
const READERS_FILE = 'src/azure/apply/read-target.ts';

/** An invented step: it renames a vault, which Azure cannot. */
const kind = {
  'src/remediation/steps/step-kinds/rename-vault.ts': `
import { everyConsumer } from './for-whom.ts';
import type { StepKindOf } from './step-kind.ts';

type RenameVault = { readonly vaultId: string; readonly newName: string };

export const renameVault: StepKindOf<RenameVault> = {
  risk: 'reversal',
  mayUndo: true,
  subject: 'vault',
  purpose: 'repair',
  undoneIn: 'activityLog',
  reveals: false,
  needs: 'vault',
  gives: 'nothing',
  bringsBack: 'nothing',
  takesEffect: 'later',
  opensVault: false,
  rereadsVersions: false,
  isFor: everyConsumer,
  choice: 'nothing',
  actions: () => ['Microsoft.KeyVault/vaults/write'],
  manualCommands: () => [],
  undo: ({ target }) => \`Give \${target} its name again.\`,
  sentence: ({ target, parameters }) => \`Call \${target} \${parameters.newName}.\`,
};
`,
};

const reader = {
  'src/azure/apply/rename-vault.ts': `
import type { SpecOf } from '../../remediation/steps/steps.ts';
import type { Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';

export const readRenameVault = async (_: TargetSources, { parameters }: SpecOf<'renameVault'>): Promise<Target> => ({
  kind: 'blocked',
  why: \`nobody can call a vault \${parameters.newName}\`,
});
`,
};

/** A table with one more line, and the import that it needs. */
const withLine = (file: string, heading: string, imported: string, line: string) => {
  const text = readFileSync(path.join(root, file), 'utf8');
  expect(text).toContain(heading);
  return { [file]: `${imported}\n${text.replace(heading, `${heading}\n  ${line},`)}` };
};

const stepsLine = () =>
  withLine(
    STEPS_FILE,
    'export const STEPS = {',
    "import { renameVault } from './step-kinds/rename-vault.ts';",
    'renameVault',
  );
const readersLine = () =>
  withLine(
    READERS_FILE,
    'const READERS: { readonly [Kind in StepKind]: Reader<Kind> } = {',
    "import { readRenameVault } from './rename-vault.ts';",
    'renameVault: readRenameVault',
  );

/** A step of a vault without these properties. */
const unsaid = (properties: readonly string[]): string =>
  [
    "import type { StepKindOf } from '../src/remediation/steps/step-kinds/step-kind.ts';",
    'type Kind = StepKindOf<{ readonly vaultId: string }>;',
    ...properties.map((one) => `declare const ${one}: Omit<Kind, '${one}'>;\nexport const no_${one}: Kind = ${one};`),
  ].join('\n');

describe('A new kind of step', () => {
  it('is its file, the file that applies it, and a line in each of two tables', () => {
    expect(compile({ ...kind, ...reader, ...stepsLine(), ...readersLine() }, ['src', 'functions'])).toEqual([]);
  });

  it('is not compiled before somebody reads and writes for it', () => {
    expect(compile({ ...kind, ...stepsLine() }, [READERS_FILE])).toEqual([
      expect.stringMatching(/^src\/azure\/apply\/read-target\.ts.*Property 'renameVault' is missing/),
    ]);
  });

  it('must answer everything that is asked of a step', () => {
    const properties = Object.keys(STEPS.recoverKey);
    const errors = compile({ 'fixture/unsaid.ts': unsaid(properties) });
    expect(errors).toEqual(properties.map((one) => expect.stringContaining(`Property '${one}' is missing`)));
    expect(properties.length).toBeGreaterThan(12);
  });

  it('is about a version or a principal only if its parameters name it', () => {
    const text = `
import type { StepKindOf } from '../src/remediation/steps/step-kinds/step-kind.ts';
type Vault = { readonly vaultId: string };
type Subject<Parameters> = StepKindOf<Vault & Parameters>['subject'];
export const named: readonly [Subject<{ version: string }>, Subject<{ principalId: string; consumerId: string }>] = [
  'version',
  'principal',
];
export const version: Subject<object> = 'version';
export const principal: Subject<{ principalId: string }> = 'principal';
`;
    expect(compile({ 'fixture/subject.ts': text })).toEqual([
      expect.stringMatching(/'"version"' is not assignable/),
      expect.stringMatching(/'"principal"' is not assignable/),
    ]);
  });

  it('names its vault, whatever it is about', () => {
    const text = `
import type { StepKindOf } from '../src/remediation/steps/step-kinds/step-kind.ts';
export type OfKey = StepKindOf<{ readonly key: string }>;
`;
    expect(compile({ 'fixture/vault.ts': text })).toEqual([expect.stringMatching(/Property 'vaultId' is missing/)]);
  });
});

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { unknownKind } from '../../../src/remediation/model/profiles/unknown-kind.ts';
import {
  CONSUMER_KINDS,
  type ConsumerKind,
  PROFILES,
  profileOf,
  profileOfType,
} from '../../../src/remediation/model/profiles.ts';
import { parseResourceEvent } from '../../../src/signals/resource-event.ts';
import { compile } from '../../builders/compile.ts';
import { ANSWERS_SHOWN } from '../../builders/name-lists.ts';
import { GROUP } from '../../builders/observation.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');
const TABLE = 'src/remediation/model/profiles.ts';
const INVENTED = 'src/remediation/model/profiles/cassandra-cluster.ts';
const TRAITS = Object.keys(unknownKind);

/** The table with an invented kind. */
const tableWithInvented = (): string => {
  const text = readFileSync(path.join(root, TABLE), 'utf8');
  expect(text).toContain('export const PROFILES = {');
  return `import { cassandraCluster } from './profiles/cassandra-cluster.ts';\n${text.replace('export const PROFILES = {', 'export const PROFILES = {\n  cassandraCluster,')}`;
};

const profileWithout = (trait: string): string =>
  `const { ${trait}: _${trait}, ...no_${trait} } = all;\nexport const without_${trait}: Profile = no_${trait};`;

describe('A new kind of consumer', () => {
  it('does not compile before its profile answers every trait, and every fault that hurts each kind in its own way', () => {
    const text = [
      "import type { Profile } from './profile.ts';",
      "import { unknownKind as all } from './unknown-kind.ts';",
      ...TRAITS.map(profileWithout),
      'const { keyExpired: _, ...effects } = all.effects;',
      'export const without_effect: Profile = { ...all, effects };',
    ].join('\n');
    const found = compile({ [INVENTED]: text }).filter((error) => !error.includes('is declared but'));
    expect(found.map((error) => /'(\w+)' is missing/.exec(error)?.[1])).toEqual([...TRAITS, 'keyExpired']);
    expect(TRAITS.length).toBeGreaterThan(20);
  });

  it('does not compile before it has an adapter, and with that is complete', () => {
    const profile = [
      "import type { Profile } from './profile.ts';",
      "import { unknownKind } from './unknown-kind.ts';",
      'export const cassandraCluster: Profile = unknownKind;',
    ].join('\n');
    const found = compile({ [INVENTED]: profile, [TABLE]: tableWithInvented() }, ['src', 'functions']);
    expect(found).toEqual([
      expect.stringMatching(/^src\/azure\/consumers\/consumers\.ts.*'cassandraCluster' is missing/),
    ]);
  });

  it('is decided about nowhere else: nothing compares with the name of a kind, nor is there a table by it', () => {
    const files = globSync('{src,functions}/**/*.ts', { cwd: root });
    const found = files.filter(
      (file) => !isAtHome(file) && namesKinds(readFileSync(path.join(root, file), 'utf8')).length > 0,
    );
    expect(files.length).toBeGreaterThan(300);
    expect(found).toEqual([]);
  });

  it('is decided about nowhere else by its type or its commands, however they are spelt', () => {
    const files = globSync('{src,functions}/**/*.ts', { cwd: root }).filter((file) => !isAtHome(file));
    const found = files.filter((file) => speltIn(readFileSync(path.join(root, file), 'utf8')).length > 0);
    expect(found.toSorted()).toEqual(Object.keys(NAMES_TYPES).toSorted());
  });

  it('would be found forgotten where something does', () => {
    expect(namesKinds("kind !== 'diskEncryptionSet' && isReady")).toEqual(["'diskEncryptionSet'"]);
    expect(namesKinds('const SIZES = {\n  mysqlSingleServer: [2048],')).toEqual(['mysqlSingleServer:']);
    expect(namesKinds("type === 'microsoft.dbformysql/servers'")).toEqual(["'microsoft.dbformysql/servers'"]);
    expect(namesKinds('PROFILES.mysqlFlexibleServer.needs')).toEqual(['PROFILES.mysqlFlexibleServer']);
    expect(namesKinds('tostring(properties.diskEncryptionSet.id)')).toEqual([]);
    expect(speltIn(String.raw`/\/providers\/microsoft\.dbformysql\/servers\/([^/]+)$/i`)).toHaveLength(1);
    expect(speltIn("'/providers/Microsoft.DBforMySQL/flexibleServers/$1'")).toHaveLength(1);
    expect(speltIn("command('az mysql flexible-server update', { ids })")).toHaveLength(1);
    expect(speltIn("'microsoft.compute/disks', 'az mysql flexible-server list'")).toEqual([]);
  });
});

describe('The commands for a flexible replica', () => {
  const ID = `${GROUP}/providers/Microsoft.DBforMySQL/flexibleServers/web`;
  const { commands } = PROFILES.mysqlFlexibleServer;
  if (commands === 'unsaid') throw new Error('There are none');
  const use = { id: ID, kid: 'https://kv.vault.azure.net/keys/cmk/1', userAssigned: '/subscriptions/s/identity' };

  it('go by the REST API, since the Azure CLI refuses both before it asks the service', () => {
    for (const command of [commands.setKey, commands.assignIdentity]) {
      expect(command(use)).toMatch(/^`az mysql flexible-server /);
      expect(command({ ...use, isReplica: true })).toMatch(
        /^`az rest --method patch --url '[^']*flexibleServers\/web\?api-version=.*` \(it is a replica: /,
      );
    }
    expect(commands.setKey({ ...use, isReplica: true })).toContain(`"primaryKeyURI":"${use.kid}"`);
  });

  it('name an identity, without which the Azure CLI takes neither, also where none is known', () => {
    for (const command of [commands.setKey, commands.assignIdentity])
      expect(command({ ...use, userAssigned: '' })).toContain("--identity '<id of an identity>'");
  });
});

const types = CONSUMER_KINDS.flatMap((kind) => [profileOf(kind).resourceType, ...profileOf(kind).parts]);
const KINDS = CONSUMER_KINDS.join('|');
const NAMES = new RegExp(`'(?:${[KINDS, ...types].join('|')})'|\\b(?:${KINDS}):|PROFILES\\.(?:${KINDS})`, 'g');

/** `az mysql flexible-server update`: what the commands of a kind begin with. */
const commandsOf = (kind: ConsumerKind): readonly string[] => {
  const { commands } = profileOf(kind);
  if (commands === 'unsaid') return [];
  const use = { id: `${GROUP}/providers/a/b/c`, kid: 'kid', userAssigned: 'user' };
  return [commands.setKey(use), commands.assignIdentity(use)].map((text) => text.slice(1).split(' --')[0] ?? text);
};

/** Types in any casing, also in a regular expression, and the commands of a kind. */
const SPELT = new RegExp(
  `(?:${[...new Set([...types, ...CONSUMER_KINDS.flatMap(commandsOf)])].join('|')})(?![\\w-])`,
  'gi',
);

/** Files that name types, but decide nothing by them. */
const NAMES_TYPES: Readonly<Record<string, string>> = {
  'src/remediation/model/api-versions.ts': 'a type is spoken to by a version',
  'src/remediation/model/observe-reads.ts': 'the role of the product names what it may read',
  'src/posture/every-command.ts': 'a sample command is about a sample id',
};

const namesKinds = (text: string): readonly string[] => [...text.matchAll(NAMES)].map(([name]) => name);

const speltIn = (text: string): readonly string[] =>
  [...text.replaceAll('\\', '').matchAll(SPELT)].map(([name]) => name);

const fileOf = (kind: string): string => `${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;

/** The files in which a kind may be named: its profile and its adapter, and files that only display it. */
const isAtHome = (file: string): boolean =>
  file === ANSWERS_SHOWN ||
  CONSUMER_KINDS.some((kind) =>
    [`src/remediation/model/profiles/${fileOf(kind)}`, `src/azure/consumers/${fileOf(kind)}`].includes(file),
  );

describe.each(CONSUMER_KINDS)('%s', (kind) => {
  const { resourceType, parts } = PROFILES[kind];
  const writtenTo = (type: string, ...names: readonly string[]): unknown => {
    const [provider = '', ...levels] = type.split('/');
    const segments = levels.flatMap((level, at) => [level, names[at]]);
    return {
      eventType: 'Microsoft.Resources.ResourceWriteSuccess',
      topic: GROUP,
      subject: [GROUP, 'providers', provider, ...segments].join('/'),
    };
  };
  it('is known by the type of its resources, in whatever casing', () => {
    expect(profileOfType(resourceType.toUpperCase())).toBe(PROFILES[kind]);
  });
  it('is heard of when it is written to, or a part of it', () => {
    const id = [GROUP, 'providers', ...resourceType.split('/'), 'mine'].join('/').toLowerCase();
    for (const type of [resourceType, ...parts])
      expect(parseResourceEvent(writtenTo(type, 'mine', 'part'))).toEqual({ kind: 'signal', about: 'consumer', id });
  });
  it('is written to only as a kind that says how', () => {
    const { actions, sameKeyUpdate, mayBeRepointed } = PROFILES[kind];
    if (sameKeyUpdate !== 'never' || mayBeRepointed) expect(actions.setKey.length).toBeGreaterThan(0);
    expect(actions.read.length).toBeGreaterThan(0);
  });
});

describe('The kinds of consumers', () => {
  it('are told apart by name and by type, so that no message means two of them', () => {
    const all = Object.values(PROFILES);
    for (const told of [
      all.map(({ noun }) => noun),
      all.flatMap(({ resourceType, parts }) => [resourceType, ...parts]),
    ])
      expect(new Set(told).size).toBe(told.length);
  });
});

describe('A kind that this version does not know', () => {
  it('has careful answers, whatever it is called', () => {
    for (const kind of ['cassandraCluster', '', 'constructor', 'toString']) expect(profileOf(kind)).toBe(unknownKind);
    expect(profileOfType('microsoft.documentdb/cassandraclusters')).toBeUndefined();
    expect(profileOfType('')).toBeUndefined();
  });
});

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesFromCode } from '../../infra/from-code.ts';
import { SETTINGS } from '../../src/config/table.ts';
import { PROFILES } from '../../src/remediation/model/profiles.ts';
import { PART_NAMES, ROLE_PARTS } from '../../src/remediation/model/role-parts.ts';
import { MOST_VALUES } from '../../src/signals/event-filters.ts';

const infra = path.join(import.meta.dirname, '..', '..', 'infra');
const textOf = (file: string): string => readFileSync(path.join(infra, file), 'utf8');

const files = globSync('**/*.tf', { cwd: infra }).toSorted();

type Block = { readonly file: string; readonly name: string; readonly text: string };

/** Blocks of a kind at the left margin, which `tofu fmt` leaves there. */
const blocksOf = (kind: 'variable' | 'output'): readonly Block[] =>
  files.flatMap((file) =>
    [...textOf(file).matchAll(new RegExp(`^${kind} "([a-z_]+)" \\{\n(.*?)^\\}`, 'gms'))].map(
      ([, name = '', text = '']) => ({ file, name, text }),
    ),
  );

const placeOf = ({ file, name }: Block): string => `${file}: ${name}`;
const isDescribed = ({ text }: Block): boolean => /^ {2}description = "[^"]{10,}"$/m.test(text);
const isValidated = ({ text }: Block): boolean =>
  /^ {2}type += bool$/m.test(text) || /^ {2}validation \{\n.*error_message = "/ms.test(text);

const namesIn = (text: string, pattern: RegExp): readonly string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, name = '']) => name)),
];

const settingNames = new Set<string>(Object.values(SETTINGS).map(({ name }) => name));

describe('Every variable of infra/', () => {
  const variables = blocksOf('variable');

  it('is described, and refuses what cannot be right', () => {
    expect(variables.length).toBeGreaterThan(60);
    expect(variables.filter((one) => !isDescribed(one)).map(placeOf)).toEqual([]);
    expect(variables.filter((one) => !isValidated(one)).map(placeOf)).toEqual([]);
  });

  it('is found: none is written in a way that this test overlooks', () => {
    const written = files.flatMap((file) => [...textOf(file).matchAll(/^\s*variable\b/gm)]);
    expect(variables.length).toBe(written.length);
  });

  it('has outputs beside it that are described', () => {
    expect(
      blocksOf('output')
        .filter((one) => !isDescribed(one))
        .map(placeOf),
    ).toEqual([]);
  });
});

describe('What infra/ reads from the code', () => {
  it.each(Object.entries(filesFromCode()))('is what `npm run infra` writes: %s', (file, text) => {
    expect(textOf(file)).toBe(text);
  });

  it('is no event subscription with more values than Event Grid takes', () => {
    const filters: { advancedFilters: { values: string[] }[] }[] = JSON.parse(
      textOf('modules/events/event-filters.json'),
    );
    for (const { advancedFilters } of filters)
      expect(advancedFilters.flatMap(({ values }) => values).length).toBeLessThanOrEqual(MOST_VALUES);
  });
});

describe('The alert about servers that are down', () => {
  it('is of every kind of consumer whose state tells whether it can use its key', () => {
    const alerted = namesIn(textOf('modules/alerts/main.tf'), /field = "resourceType", equals = "([^"]+)"/g);
    const telling = Object.values(PROFILES).filter(({ stateProvesKey }) => stateProvesKey);
    expect(
      alerted.map((type) => type.toLowerCase()).toSorted(),
      'write the types into cmk-server-unavailable of infra/modules/alerts/main.tf',
    ).toEqual(telling.map(({ resourceType }) => resourceType).toSorted());
  });
});

describe('The settings of the deployed app', () => {
  it('are all of them, but the one that would be a key of the storage', () => {
    const settings = textOf('modules/app/settings.tf');
    const inFile = Object.keys(JSON.parse(textOf('modules/app/settings.json')));
    expect(inFile, '`npm run infra` writes infra/modules/app/settings.json').toEqual([...settingNames]);
    expect(settings).toContain('for name, value in merge(local.defaults, var.settings, local.derived)');
    expect(namesIn(settings, /if name != "([^"]+)"/g)).toEqual([SETTINGS.connectionString.name]);
  });

  it('are known to the product wherever infra/ names one', () => {
    const named = files.flatMap((file) => namesIn(textOf(file), /\b((?:GUARDIAN|OTEL_EXPORTER)_[A-Z_]+)\b/g));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !settingNames.has(name))).toEqual([]);
  });

  it('are empty where nothing was said: the last part of nothing is a dot', () => {
    const lasts = textOf('product/main.tf').match(/^.*basename\(var\..*$/gm) ?? [];
    expect(lasts.length).toBeGreaterThan(0);
    for (const line of lasts) expect(line).toMatch(/= (var\.\w+) == "" \? "" : basename\(\1\)/);
  });

  it('observe, unless somebody says otherwise', () => {
    const [mode] = blocksOf('variable').filter(({ file, name }) => file === 'product/variables.tf' && name === 'mode');
    expect(mode?.text).toMatch(/^ {2}default += "observe"$/m);
  });

  it('that are secret come from variables that no plan prints', () => {
    const main = textOf('product/main.tf');
    const sensitive = blocksOf('variable').filter(({ text }) => /^ {2}sensitive += true$/m.test(text));
    for (const { name, ...setting } of Object.values(SETTINGS)) {
      if (!('secret' in setting) || name === SETTINGS.connectionString.name) continue;
      const [variable] = namesIn(main, new RegExp(`${name} += var\\.([a-z_]+)`, 'g'));
      expect([name, sensitive.some((one) => one.name === variable)]).toEqual([name, true]);
    }
  });

  it('have no value that Flex Consumption refuses', () => {
    const app = ['main.tf', 'settings.tf'].map((file) => textOf(`modules/app/${file}`)).join('\n');
    const refused = [
      ...['FUNCTIONS_WORKER_RUNTIME', 'functionAppScaleLimit', 'ftpsState', 'use32BitWorkerProcess'],
      ...['preWarmedInstanceCount', 'functionsRuntimeScaleMonitoringEnabled', 'WEBSITE_RUN_FROM_PACKAGE'],
    ];
    expect(refused.filter((name) => app.includes(name))).toEqual([]);
  });
});

describe('The rights of the deployed app', () => {
  const rights = textOf('modules/rights/main.tf');

  it('are the parts of the role, each from its file, with the condition', () => {
    expect(rights).toContain(`for part in ${JSON.stringify(PART_NAMES).replaceAll(',', ', ')} :`);
    expect(rights).toMatch(/jsondecode\(file\("\$\{local\.folder\}\/custom-role-\$\{part\}\.json"\)\)/);
    expect(rights).toMatch(
      /^ {2}condition = replace\(.*\/role-assignment-condition\.txt"\)\), "<principal id>", var\.principal_id\)$/m,
    );
    expect(rights).toMatch(
      /\{ for part in \["grants"\] : "condition" => local\.condition if part == each\.value\.part \}/,
    );
  });

  it('are assigned where the product says of each part that it is', () => {
    const onSubscriptions = PART_NAMES.filter((part) => ROLE_PARTS[part].at === 'subscription');
    for (const part of onSubscriptions)
      expect(rights).toContain(`"${part} \${id}" => { part = "${part}", scope = "/subscriptions/\${id}" }`);
    // Azure assigns no part with data actions at a management group, and a part with writes would hold in every subscription that
    // anybody adds below.
    const above = [...rights.matchAll(/for id in var\.management_groups : "(\w+) /g)].map(([, part]) => part);
    expect(above).toEqual(['observe']);
    const [onGroups] = PART_NAMES.filter((part) => ROLE_PARTS[part].at === 'resourceGroup');
    expect(rights).toContain(`{ part = "${onGroups}", scope = id }`);
  });
});

describe('The functions that infra/ names', () => {
  const functions = globSync('functions/*.ts', { cwd: path.dirname(infra) })
    .map((file) => readFileSync(path.join(path.dirname(infra), file), 'utf8'))
    .join('\n');

  it.each([...namesIn(textOf('modules/app/main.tf'), /"function:([a-z-]+)"/g)])(
    'are functions of the app: %s',
    (name) => {
      expect(functions).toContain(`eventGrid('${name}'`);
      expect(textOf('modules/events/main.tf')).toContain(`"${name}"`);
    },
  );

  it('are those that its alarm of silence waits for', () => {
    const [name = ''] = namesIn(textOf('queries/sweeps.kql'), /'Functions\.([a-z-]+)'/g);
    expect(functions).toContain(`timer('${name}'`);
  });
});

describe('The account of the anchors', () => {
  it('is a deployment of its own, which nothing destroys', () => {
    const resources = textOf('anchors/main.tf')
      .split(/^resource "azapi_resource" /m)
      .slice(1);
    expect(resources.length).toBe(3);
    for (const one of resources) expect(one).toContain('prevent_destroy = true');
    const product = files
      .filter((file) => file.startsWith('product/'))
      .map(textOf)
      .join('\n');
    expect(product).not.toMatch(/source += "\.\.\/anchors"/);
  });
});

import type { Checks } from '../check.ts';
import type { ProductFacts } from '../facts.ts';
import { holds, type Judgement, judged } from '../judgement.ts';
import { shellWords } from '../shell.ts';

/** What a check finds wrong with the product itself: nothing, or these. */
const without =
  (what: string, wrong: (product: ProductFacts) => readonly string[]) =>
  (product: ProductFacts): Judgement => {
    const found = wrong(product);
    return holds(found.length === 0, found.length === 0 ? `no ${what}` : `${what}: ${found.join('; ')}`);
  };

const numbers = (version: string): readonly number[] => version.split('.').map(Number);

const isAtLeast = (version: string, least: string): boolean => {
  const [a = 0, b = 0, c = 0] = numbers(version);
  const [x = 0, y = 0, z = 0] = numbers(least);
  return a > x || (a === x && (b > y || (b === y && c >= z)));
};

/** The document asked for 2.0.79; Microsoft's page asks for 2.11.1 today. */
const cliRecent = ({ azureCli }: ProductFacts): Judgement =>
  holds(isAtLeast(azureCli, '2.11.1'), `commands are for Azure CLI ${azureCli} and later`);

const extensions = without('command that needs an extension in preview', ({ commands }) =>
  commands.filter((one) => /az extension|aks-preview|--enable-preview/.test(one)),
);

const previews = without('preview API without an excuse', ({ apiVersions }) =>
  apiVersions.flatMap(({ service, version, why }) =>
    /preview|beta/i.test(version) && !why ? [`${service} ${version}`] : [],
  ),
);

const looks = ({ wakes }: ProductFacts): Judgement =>
  holds(wakes.includes('sweep'), `it looks by ${wakes.join(', ')}, whoever made the change`);

const newVaultsProtected = ({ commands }: ProductFacts): Judgement => {
  const vaults = commands.filter((one) => one.startsWith('az keyvault create'));
  const bare = vaults.filter((one) => !/--enable-purge-protection true/.test(one) || !/--retention-days 90/.test(one));
  return holds(
    vaults.length > 0 && bare.length === 0,
    bare.join('; ') || `${vaults.length} commands, each with purge protection and 90 days`,
  );
};

const linked =
  (...topics: readonly string[]) =>
  ({ links }: ProductFacts): Judgement => {
    const missing = topics.filter((topic) => !links[topic]?.startsWith('https://learn.microsoft.com/'));
    return holds(
      missing.length === 0,
      missing.length === 0 ? topics.map((topic) => links[topic]).join(', ') : `no page of ${missing.join(', ')}`,
    );
  };

/** Judges all that the product may do: the roles it holds, and what it asks of access policies. */
const onRights =
  (judge: (rights: readonly string[]) => Judgement) =>
  ({ rights, keyPermissions }: ProductFacts): Judgement =>
    judged(
      rights,
      (held) => judge([...held, ...keyPermissions]),
      () => judge(keyPermissions),
    );

const noneLike = (what: string, pattern: RegExp) =>
  onRights((rights) => {
    const found = rights.filter((one) => pattern.test(one));
    return holds(found.length === 0, found.length === 0 ? `no ${what}` : `${what}: ${found.join(', ')}`);
  });

const noUse = noneLike('right to use or export a key', /decrypt|encrypt\/|\bsign|verify|release|export|wrap|backup/i);
const noDataKeys = noneLike('right to a data key', /wrap|encrypt\/|decrypt/i);
const dutiesApart = noneLike(
  'right to delete, to purge or to read data',
  /\/delete(\/|$)|purge|secrets|certificates|^\*|\/\*/i,
);

const recoversOnly = onRights((rights) => {
  const [purging, recovering] = [/purge/i, /recover/i].map((pattern) => rights.filter((one) => pattern.test(one)));
  return holds(
    (recovering ?? []).length > 0 && (purging ?? []).length === 0,
    `recover: ${recovering?.join(', ') || 'nothing'}; purge: ${purging?.join(', ') || 'nothing'}`,
  );
});

const FORMATS = /\.(pfx|byok|backup)$/i;

const importable = without('file of a format that Key Vault does not import', ({ commands }) =>
  commands.flatMap((one) => {
    const words = /az keyvault key (import|restore|backup)/.test(one) ? (shellWords(one) ?? []) : [];
    return words
      .filter((_text, at) => /^--(byok-|pem-)?file$/.test(words[at - 1] ?? ''))
      .filter((file) => !FORMATS.test(file));
  }),
);

/** The document's own examples have these faults; ours must not. */
const unparsed = without('command that a shell does not read, or with two words run together', ({ commands }) =>
  commands.filter((one) => {
    const words = shellWords(one);
    return (
      words === undefined ||
      words.some(
        (text) => /^-{1,2}[\w-]+\s/.test(text) || /^[^-].*(-[gln]|--(name|location|resource-group))$/.test(text),
      )
    );
  }),
);
const borrowed = without('name out of an example', ({ commands }) =>
  commands.filter((one) => /ssecmk|myResourceGroup|myKeyVault|myDiskEncryptionSet/i.test(one)),
);
const unset = without('variable that nobody sets', ({ commands }) => commands.filter((one) => /\$\{?\w/.test(one)));
const dashes = without('dash that is no hyphen', ({ commands }) =>
  commands.filter((one) => /[\u2010-\u2015\u2212]/.test(one)),
);
const headless = without('command that does not begin with its program', ({ commands }) =>
  commands.filter((one) => !/^(az|printf|kubectl) /.test(one)),
);

export const PRODUCT_CHECKS = {
  azureCliStated: { judge: cliRecent },
  noPreviewExtension: { judge: extensions },
  noPreviewApi: { judge: previews },
  driftFoundWhoeverMadeIt: { judge: looks, page: 'productOutOfSight' },
  newVaultsProtected: { judge: newVaultsProtected, page: 'purgeProtectionOff' },
  securityPagesLinked: { judge: linked('clusterSecurity') },
  commandsParse: { judge: unparsed },
  noBorrowedNames: { judge: borrowed },
  noUnsetVariable: { judge: unset },
  noTypographicDash: { judge: dashes },
  commandsComplete: { judge: headless },
  keysNeverUsed: { judge: noUse, page: 'productOutOfSight' },
  dutiesApart: { judge: dutiesApart, page: 'productOutOfSight' },
  dataKeysUntouched: { judge: noDataKeys, page: 'productOutOfSight' },
  recoversNeverPurges: { judge: recoversOnly, page: 'productOutOfSight' },
  importFormats: { judge: importable, page: 'keyPurged' },
  howToPagesLinked: { judge: linked('serverHowTo', 'storageTypes') },
} as const satisfies Checks<ProductFacts>;

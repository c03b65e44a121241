import type { Checks } from '../check.ts';
import type { ProductFacts } from '../facts.ts';
import { holds, type Judgement } from '../judgement.ts';
import { without } from './without.ts';

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

export const PRODUCT_CHECKS = {
  azureCliStated: { judge: cliRecent },
  noPreviewExtension: { judge: extensions },
  noPreviewApi: { judge: previews },
  driftFoundWhoeverMadeIt: { judge: looks, page: 'productOutOfSight' },
  newVaultsProtected: { judge: newVaultsProtected, page: 'purgeProtectionOff' },
  securityPagesLinked: { judge: linked('clusterSecurity') },
  howToPagesLinked: { judge: linked('serverHowTo', 'storageTypes') },
} as const satisfies Checks<ProductFacts>;

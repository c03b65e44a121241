import type { NetworkRules } from '../../remediation/model/facts.ts';
import { profileOf } from '../../remediation/model/profiles.ts';
import { isInPerimeter, trustedServicesPass } from '../../remediation/observation/trusted-services-pass.ts';
import type { Checks } from '../check.ts';
import { letTrustedServicesIn, privateEndpoint } from '../commands.ts';
import type { PathFacts } from '../facts.ts';
import { holds, type Judgement, judged, unclear } from '../judgement.ts';
import { vaultIdOf } from '../path.ts';

const onNetwork =
  (judge: (network: NetworkRules, path: PathFacts) => Judgement) =>
  (path: PathFacts): Judgement =>
    judged(
      path.observation.vault,
      ({ network }) => judge(network, path),
      () => unclear('there is no vault to judge'),
    );

const told = ({ publicNetworkAccess, defaultAction, bypass }: NetworkRules): string =>
  `publicNetworkAccess ${publicNetworkAccess}, defaultAction ${defaultAction}, bypass ${bypass}`;

const onRules = (judge: (network: NetworkRules, path: PathFacts) => Judgement) =>
  onNetwork((network, path) =>
    isInPerimeter(network) ? unclear(`${told(network)}: the rules of the perimeter decide`) : judge(network, path),
  );

const isTrusted = ({ consumer: { kind } }: PathFacts): boolean => profileOf(kind).trusted === 'yes';

const trustedPass = onRules((network, path) =>
  isTrusted(path)
    ? holds(trustedServicesPass(network), told(network), letTrustedServicesIn(vaultIdOf(path)))
    : unclear(`${told(network)}: whether ${path.consumer.name} passes as a trusted service is not known`),
);

/**
 * The private endpoint comes first in the plan: the product is no trusted service, so a closed firewall without it
 * would make the product blind.
 */
const closedToOthers = onRules((network, path) => {
  const isOpen = network.publicNetworkAccess === 'Enabled' && network.defaultAction === 'Allow';
  const id = vaultIdOf(path);
  return holds(
    (trustedServicesPass(network) || !isTrusted(path)) && !isOpen,
    told(network),
    privateEndpoint(id),
    letTrustedServicesIn(id),
  );
});

export const NETWORK_CHECKS = {
  onlyTrustedNetworks: { judge: closedToOthers, page: 'privateEndpointMissing' },
  trustedServicesPass: { judge: trustedPass, page: 'vaultFirewallBlocks' },
} as const satisfies Checks<PathFacts>;

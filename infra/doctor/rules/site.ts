import { known } from '../facts.ts';
import { appOptions, type Rule, stops } from '../finding.ts';

const exists: Rule = ({ site, app, group, subscriptionId }) =>
  site.kind === 'absent'
    ? [
        stops(
          `There is no function app '${app}' in the resource group '${group}' of subscription ${subscriptionId}.`,
          `az functionapp show --name ${app} --resource-group ${group} --subscription ${subscriptionId}`,
        ),
      ]
    : [];

const runs: Rule = (facts) => {
  const site = known(facts.site);
  if (!site || site.state === 'Running') return [];
  return [
    stops(
      `The function app is ${site.state}: nothing is looked at and nothing is healed.`,
      `az functionapp start ${appOptions(facts)}`,
    ),
  ];
};

export const SITE_RULES: readonly Rule[] = [exists, runs];

import { known } from '../facts.ts';
import { appOptions, type Rule, stops } from '../finding.ts';

/** A caller without a token gets only the status code. */
const answers: Rule = (facts) => {
  const [site, health] = [known(facts.site), known(facts.health)];
  if (site?.state !== 'Running' || !health || health.status === 200) return [];
  const url = `https://${site.hostName}/api/health`;
  if (health.status === 503)
    return [
      stops(
        `The host does not start, or the product can look at nothing or store nothing: ${url} says so (503).`,
        `curl --silent --header "x-functions-key: <key>" https://${site.hostName}/api/keyed/health/details`,
        `az functionapp keys list ${appOptions(facts)}`,
      ),
    ];
  return [
    stops(
      `The host does not serve the product: ${url} says so (${health.status}).`,
      `az functionapp restart ${appOptions(facts)}`,
    ),
  ];
};

export const HEALTH_RULES: readonly Rule[] = [answers];

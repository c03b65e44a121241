import http from 'node:http';

type Options = Record<string, unknown>;
type AddRequest = (request: http.ClientRequest, options: Options, ...rest: unknown[]) => void;

/** An agent of the package https-proxy-agent, with which Azure's clients go through a proxy. */
type ProxyAgent = http.Agent & { proxy: URL; keepAlive: boolean; protocol: string };

const isProxyAgent = (agent: http.Agent): agent is ProxyAgent => 'proxy' in agent && agent.proxy instanceof URL;

/**
 * Azure's clients keep their connections, but not through a proxy: there every request opens a tunnel and does the TLS handshake
 * again, which costs more than the rest of the request. On the clock the clients keep tunnels as well, as they keep connections
 * in Azure. Without an explicit protocol, the agent guesses from the call stack, for each request anew, whether a connection uses
 * TLS, and guesses wrong when the connection becomes free. Azure's clients have an agent for each of the two protocols.
 */
export function keepTunnels(): void {
  const agents = http.Agent.prototype as unknown as { addRequest: AddRequest };
  agents.addRequest = new Proxy(agents.addRequest, {
    apply: (addRequest, agent: http.Agent, [request, options, ...rest]: Parameters<AddRequest>) => {
      if (!isProxyAgent(agent)) return Reflect.apply(addRequest, agent, [request, options, ...rest]);
      agent.keepAlive = true;
      agent.protocol = request.protocol;
      const secureEndpoint = request.protocol === 'https:';
      return Reflect.apply(addRequest, agent, [request, { ...options, secureEndpoint }, ...rest]);
    },
  });
}

import { Resolver } from 'node:dns/promises';

/** All addresses of a host name; throws when it has none. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

/**
 * Asks the name servers directly: bounded in time, in parallel, and without the four threads that `dns.lookup` shares
 * with the file system, where one dead name server would delay everybody. So `/etc/hosts` and search domains are not
 * looked at, which also keeps short names of the cluster out of reach. `localhost` is what RFC 6761 says.
 */
export function dnsResolver(options: { readonly timeoutMs: number; readonly tries: number }): ResolveHost {
  const resolver = new Resolver({ timeout: options.timeoutMs, tries: options.tries });
  return async (host) => {
    const name = host.toLowerCase().replace(/\.$/, '');
    if (name === 'localhost' || name.endsWith('.localhost')) return ['127.0.0.1', '::1'];
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    const failure = answers.find((answer) => answer.status === 'rejected');
    if (addresses.length === 0 && failure !== undefined) throw failure.reason;
    return addresses;
  };
}

import { Client } from 'pg'

/**
 * A connection of its own, outside every pool, for what lives as long as the session: locks and listening. The server
 * notices within half a minute when our host is gone, and then frees its locks. Not connected yet.
 */
export function createLastingClient(url: string, name: string): Client {
  return new Client({
    connectionString: url,
    application_name: name,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    connectionTimeoutMillis: 10_000,
    query_timeout: 20_000,
    options: '-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3',
  })
}

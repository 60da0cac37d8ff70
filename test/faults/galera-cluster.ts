import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MariaDbServer, requireCommands, SERVER_PATH } from './mariadb-server';
import { findFreePorts, waitUntil } from './network';

const PROVIDER = '/usr/lib/galera/libgalera_smm.so';
const NODES = 3;

/** Ports of one node for communication within the cluster. */
interface NodePorts {
  readonly group: number;
  readonly incrementalTransfer: number;
  readonly fullTransfer: number;
}

/** A Galera cluster of three nodes on 127.0.0.1. */
export class GaleraCluster {
  private constructor(
    readonly nodes: readonly MariaDbServer[],
    private readonly ports: readonly NodePorts[],
  ) {}

  /** Starts a cluster whose data is in a folder. The first node bootstraps it; the others copy its data. */
  static async start(folder: string): Promise<GaleraCluster> {
    if (!existsSync(PROVIDER)) throw new Error(`Missing: ${PROVIDER}. Install the package galera-4.`);
    requireCommands(['wsrep_sst_rsync', 'rsync'], 'mariadb-server (its script wsrep_sst_rsync) and rsync');
    const first = await MariaDbServer.prepare(join(folder, 'node-1'));
    const nodes = [first];
    while (nodes.length < NODES)
      nodes.push(await MariaDbServer.prepare(join(folder, `node-${nodes.length + 1}`), first.password));
    const free = await findFreePorts(3 * NODES);
    const ports = nodes.map((_, node) => ({
      group: free[3 * node]!,
      incrementalTransfer: free[3 * node + 1]!,
      fullTransfer: free[3 * node + 2]!,
    }));
    const cluster = new GaleraCluster(nodes, ports);
    for (const [node, server] of nodes.entries()) {
      await server.start(cluster.options(node, node === 0));
      await cluster.waitUntilSynced(node);
    }
    return cluster;
  }

  /**
   * Restarts a killed node. It determines the position of its data, and fetches the missing transactions from the
   * others.
   */
  async restart(node: number): Promise<void> {
    const server = this.nodes[node]!;
    const options = [...server.options(), ...this.options(node, false), '--wsrep-recover'];
    const env = { ...process.env, PATH: SERVER_PATH };
    const { stderr } = await promisify(execFile)('mariadbd', options, { env });
    const position = /Recovered position:\s*(\S+)/.exec(stderr)?.[1];
    if (position === undefined)
      throw new Error(`The killed node could not determine the position of its data:\n${stderr}`);
    await server.start([...this.options(node, false), `--wsrep-start-position=${position}`]);
  }

  /** Waits until a node is in sync with the others and accepts queries. */
  async waitUntilSynced(node: number): Promise<void> {
    await waitUntil(`node ${node + 1} is synced`, async () => {
      const sql = `SHOW STATUS LIKE 'wsrep_local_state_comment'`;
      const [status] = await this.nodes[node]!.query<{ Value: string }>(sql);
      return status?.Value === 'Synced';
    });
  }

  async stop(): Promise<void> {
    for (const node of [...this.nodes].reverse()) await node.kill();
  }

  private options(node: number, isFirst: boolean): string[] {
    const { group, incrementalTransfer, fullTransfer } = this.ports[node]!;
    const members = this.ports.map((port) => `127.0.0.1:${port.group}`).join(',');
    const provider = [
      `gmcast.listen_addr=tcp://127.0.0.1:${group}`,
      `ist.recv_addr=127.0.0.1:${incrementalTransfer}`,
      'base_host=127.0.0.1',
      `base_port=${group}`,
      'gcache.size=64M',
    ];
    return [
      ...['--wsrep-on=ON', `--wsrep-provider=${PROVIDER}`, '--wsrep-cluster-name=faults'],
      ...['--binlog-format=ROW', '--innodb-autoinc-lock-mode=2', '--wsrep-slave-threads=2'],
      `--wsrep-cluster-address=gcomm://${isFirst ? '' : members}`,
      `--wsrep-node-name=node-${node + 1}`,
      `--wsrep-node-address=127.0.0.1:${group}`,
      ...['--wsrep-sst-method=rsync', `--wsrep-sst-receive-address=127.0.0.1:${fullTransfer}`],
      `--wsrep-provider-options=${provider.join(';')}`,
    ];
  }
}

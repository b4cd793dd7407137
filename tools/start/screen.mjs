// The one screen that a newcomer sees.
import path from 'node:path';
import { dataDir, root } from '../lib/workspace.mjs';

/**
 * A curl line that works when pasted, in any folder: the signature is made when it runs.
 * @param {{deviceId: string, portNo: number}} waiting a port with a vehicle plugged in @param {string} orderNo fresh
 */
export function curlLine(http, waiting, orderNo) {
  const target = `/api/third/devices/${waiting.deviceId}/charge/start`;
  const body = JSON.stringify({ port_no: waiting.portNo, mode: 1, time_limit: 3, third_party_order_no: orderNo });
  const elsewhere = process.env.CHARGEBUS_DATA_DIR ? `CHARGEBUS_DATA_DIR='${dataDir}' ` : '';
  const sign = `${elsewhere}node '${path.join(root, 'tools', 'bin', 'sign.mjs')}'`;
  return `curl -sS -X POST ${http}${target} -H 'Content-Type: application/json' -d '${body}' $(${sign} POST ${target} '${body}')`;
}

export function renderScreen({ addresses, apps, demo, waiting, orderNo, seconds }) {
  const local = (file) => path.relative(process.env.INIT_CWD ?? process.cwd(), path.join(dataDir, file));
  const ops = apps.filter(({ opsPort }) => opsPort !== 0).map(({ name, opsPort }) => `${name} :${opsPort}`);
  return [
    '',
    `Chargebus is running (started in ${seconds} s)`,
    '',
    `  API          ${addresses.http}/api/third`,
    `  API docs     ${addresses.http}/api/docs`,
    `  Metrics      ${addresses.http}/api/metrics   (/metrics of ${ops.join(', ')})`,
    `  Devices      ${addresses.deviceHost}:${addresses.devicePort} (TCP: AP3000, BKV, YKC)`,
    `               ws://${addresses.stationHost}:${addresses.stationPort}/ocpp/<identity> (OCPP 1.6 and 2.0.1)`,
    `  Demo client  api_key    ${demo.api_key}`,
    `               api_secret ${demo.api_secret}   (also in ${local('dev-client.json')})`,
    '',
    `Start a charge of three minutes on device ${waiting.deviceId}, port ${waiting.portNo}, where a vehicle waits:`,
    '',
    curlLine(addresses.http, waiting, orderNo),
    '',
    `Signed webhooks arrive below, all of them in full:  tail -f ${local('webhooks.log')}`,
    `Logs of the apps:  ${local('log')}/*.log`,
    'Stop: Ctrl-C. Data is kept; npm run reset forgets it.',
    '',
  ].join('\n');
}

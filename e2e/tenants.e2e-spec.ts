import { ROUTES, SCOPES } from '@chargebus/api-contract';
import type { Route } from '@chargebus/api-contract';
import { PlatformClient } from './harness/platform-client';
import { progressPayload, RawDevice, settlementPayload } from './harness/raw-device';
import { Story } from './harness/story';

/** What the first tenant owns and the second one must never see or move. */
interface Possessions {
  readonly phyId: string;
  readonly commandId: string;
  readonly endpointId: string;
  readonly deliveryId: string;
  readonly exportId: string;
  readonly sessionId: string;
  readonly orderNo: string;
  readonly placeCode: string; // of a region, a station in it and a group
  readonly keyId: string;
  readonly approvalId: string;
  readonly reason: string; // of the order that waits for its approval
  readonly jobId: string; // over, with one failed item
  readonly firmwareId: string;
  readonly upgradeId: string;
  readonly rolloutId: string;
  readonly tokenGroup: string; // of a token that the stranger has under the same number
}

const TOKEN = '04A1B2C3';
const SETTINGS_SCHEMAS = ['session', 'command', 'webhook', 'fleet', 'iam', 'archive'];

describe('two tenants on one installation', () => {
  let story: Story;
  let stranger: PlatformClient;
  let strangerTenant: string;
  let owned: Possessions;

  beforeAll(async () => {
    story = await Story.begin();
    owned = await possess(story);
    const tenant = await story.platform.post<{ tenant_id: string }>('/api/internal/tenants', {
      name: 'Another operator',
    });
    strangerTenant = tenant.body.data.tenant_id;
    const client = await story.platform.post<{ api_key: string; api_secret: string }>('/api/internal/clients', {
      tenant_id: strangerTenant,
      name: 'Another platform',
      scopes: SCOPES.filter((scope) => scope !== 'internal'), // so that what refuses is the tenant, not the scope
    });
    stranger = new PlatformClient(story.installation.baseUrls, client.body.data.api_key, client.body.data.api_secret);
  }, 60_000);
  afterAll(async () => {
    await story.end();
  });

  /** How a stranger's call of each route must end; a route without an entry fails, so that none is forgotten. */
  const refusals: Readonly<Record<string, 'not found' | 'forbidden' | 'nothing of theirs'>> = {
    startCharge: 'not found',
    stopCharge: 'not found',
    chargeStatus: 'not found',
    listDevices: 'nothing of theirs',
    getDevice: 'not found',
    getPorts: 'not found',
    getRealtime: 'not found',
    getHistory: 'not found',
    getDeviceSessions: 'not found',
    getDeviceAlarms: 'not found',
    getDeviceLogs: 'not found',
    listSessions: 'nothing of theirs',
    getRetention: 'nothing of theirs',
    putRetention: 'nothing of theirs',
    listArchives: 'nothing of theirs',
    getArchive: 'not found',
    exportDevices: 'nothing of theirs',
    exportSessions: 'nothing of theirs',
    exportSamples: 'not found',
    exportCommands: 'nothing of theirs',
    exportAlarms: 'nothing of theirs',
    createExport: 'nothing of theirs',
    listExports: 'nothing of theirs',
    getExport: 'not found',
    cancelExport: 'not found',
    createDevice: 'not found',
    updateDevice: 'not found',
    deleteDevice: 'not found',
    importDevices: 'nothing of theirs',
    exportRegister: 'nothing of theirs',
    batchStatus: 'nothing of theirs',
    batchSummary: 'nothing of theirs',
    getOrganization: 'nothing of theirs',
    createRegion: 'not found',
    listRegions: 'nothing of theirs',
    getRegion: 'not found',
    updateRegion: 'not found',
    deleteRegion: 'not found',
    createStation: 'not found',
    listStations: 'nothing of theirs',
    getStation: 'not found',
    updateStation: 'not found',
    deleteStation: 'not found',
    createDeviceGroup: 'nothing of theirs',
    listDeviceGroups: 'nothing of theirs',
    getDeviceGroup: 'not found',
    updateDeviceGroup: 'not found',
    deleteDeviceGroup: 'not found',
    listGroupDevices: 'not found',
    changeGroupMembers: 'not found',
    getSockets: 'not found',
    putSockets: 'not found',
    upgradeDevice: 'not found',
    listUpgrades: 'not found',
    getUpgrade: 'not found',
    cancelUpgrade: 'not found',
    rollBackUpgrade: 'not found',
    uploadFirmware: 'nothing of theirs',
    fetchFirmware: 'nothing of theirs',
    listFirmware: 'nothing of theirs',
    getFirmware: 'not found',
    linkFirmware: 'not found',
    deleteFirmware: 'not found',
    startRollout: 'not found',
    listRollouts: 'nothing of theirs',
    getRollout: 'not found',
    resumeRollout: 'not found',
    abortRollout: 'not found',
    rollBackRollout: 'not found',
    requestLogUpload: 'not found',
    listLogUploads: 'not found',
    getLogUpload: 'not found',
    orderDevice: 'not found',
    createTemplate: 'not found', // the group that it names
    listTemplates: 'nothing of theirs',
    getTemplate: 'not found',
    reviseTemplate: 'not found',
    deleteTemplate: 'not found',
    listTemplateVersions: 'not found',
    assignTemplate: 'not found',
    templateDrift: 'not found',
    deviceDrift: 'not found',
    pushTemplate: 'not found',
    controlDevice: 'not found',
    rebootDevice: 'not found',
    listControls: 'not found',
    getControl: 'not found',
    cancelControl: 'not found',
    diagnoseDevice: 'not found',
    listDiagnoses: 'not found',
    getDiagnosis: 'not found',
    listParameters: 'not found',
    setParameters: 'not found',
    getParameters: 'not found',
    listParameterChanges: 'not found',
    getParameterChange: 'not found',
    cancelParameterChange: 'not found',
    listParameterVersions: 'not found',
    restoreParameterVersion: 'not found',
    getDeviceCredentials: 'not found',
    setDeviceCredentials: 'not found',
    deliverDeviceCredentials: 'not found',
    streamFrames: 'not found',
    searchFrames: 'not found',
    captureFrames: 'not found',
    simulateEvent: 'not found',
    protocolStatistics: 'nothing of theirs',
    listCommands: 'nothing of theirs',
    getCommand: 'not found',
    cancelCommand: 'not found',
    replayCommand: 'not found',
    batchControl: 'nothing of theirs',
    batchParams: 'nothing of theirs',
    listJobs: 'nothing of theirs',
    getJob: 'not found',
    listJobItems: 'not found',
    cancelJob: 'not found',
    retryJob: 'not found',
    putToken: 'nothing of theirs',
    getToken: 'nothing of theirs',
    deleteToken: 'nothing of theirs',
    listTokens: 'nothing of theirs',
    putTokenCallback: 'nothing of theirs',
    getTokenCallback: 'nothing of theirs',
    deleteTokenCallback: 'nothing of theirs',
    eventCatalogue: 'nothing of theirs',
    createWebhook: 'nothing of theirs',
    listWebhooks: 'nothing of theirs',
    getWebhook: 'not found',
    updateWebhook: 'not found',
    deleteWebhook: 'not found',
    rotateWebhook: 'not found',
    pingWebhook: 'not found',
    listDeliveries: 'not found',
    resendDelivery: 'not found',
    resendSince: 'not found',
    webhookStats: 'not found',
    startResend: 'not found',
    getResend: 'not found',
    createKey: 'nothing of theirs',
    listKeys: 'nothing of theirs',
    getKey: 'not found',
    updateKey: 'not found',
    rotateKey: 'not found',
    revokeKey: 'not found',
    listApprovals: 'nothing of theirs',
    getApproval: 'not found',
    approve: 'not found',
    reject: 'not found',
    listAudit: 'nothing of theirs',
    exportAudit: 'nothing of theirs',
    verifyAudit: 'nothing of theirs',
    listSettings: 'nothing of theirs',
    getSetting: 'nothing of theirs',
    putSetting: 'nothing of theirs',
    settingHistory: 'nothing of theirs',
    restoreSetting: 'nothing of theirs',
    listRequestLogs: 'forbidden',
    exportRequestLogs: 'forbidden',
    summariseRequestLogs: 'forbidden',
    verifyAllAudits: 'forbidden',
    createPrincipal: 'forbidden',
    issueToken: 'forbidden',
    queryUsers: 'forbidden',
    listRoles: 'forbidden',
    putRole: 'forbidden',
    deleteRole: 'forbidden',
    getClient: 'forbidden',
    revokeClient: 'forbidden',
    createTenant: 'forbidden',
    listTenants: 'forbidden',
    createClient: 'forbidden',
    listClients: 'forbidden',
    updateClient: 'forbidden',
    rotateClient: 'forbidden',
    announceMaintenance: 'forbidden',
    registerDevice: 'forbidden',
    listQuarantined: 'forbidden',
    adoptDevice: 'forbidden',
    listParkedMessages: 'forbidden',
    replayParkedMessage: 'forbidden',
  };

  const called: string[] = [];
  // The live stream does not end: apps/api/test/event-stream.int-spec.ts looks at it with two tenants.
  it.each(ROUTES.filter(({ id }) => id !== 'streamEvents').map((route) => [route.id, route] as const))(
    "U05 keeps the other tenant's data from %s",
    async (id, route) => {
      const body = route.method === 'GET' ? undefined : route.example.body;
      const answer =
        body instanceof Uint8Array
          ? await stranger.upload(targetOf(route, owned), body)
          : await stranger.send(route.method, targetOf(route, owned), body);
      const verdict = refusals[id];
      if (verdict === 'not found') expect(answer).toMatchObject({ status: 404, body: { data: null } });
      else if (verdict === 'forbidden')
        expect(answer).toMatchObject({ status: 403, body: { error: 'PERMISSION_DENIED' } });
      else
        expect(answer).toMatchObject({
          status: verdict === 'nothing of theirs' ? route.status : 'a route without an expectation',
        });
      called.push(targetOf(route, owned));
      // The audit log holds what the stranger itself has called.
      const ownWords = (route.tag === 'Audit' ? called : [targetOf(route, owned)]).join(' ');
      for (const secret of Object.values(owned).filter((value: string) => !ownWords.includes(value)))
        expect(JSON.stringify(answer.body)).not.toContain(secret);
    },
  );

  it('U05 U07 lets the owner see all of it, so that the refusals mean something', async () => {
    for (const target of [
      `/api/third/devices/${owned.phyId}`,
      `/api/third/commands/${owned.commandId}`,
      `/api/third/webhooks/endpoints/${owned.endpointId}`,
      `/api/third/tokens/${TOKEN}`,
      `/api/third/keys/${owned.keyId}`,
      `/api/third/approvals/${owned.approvalId}`,
      `/api/third/jobs/${owned.jobId}`,
    ])
      expect((await story.platform.get(target)).status).toBe(200);
  });

  it('U01 U05 hides every row of every table from the other tenant, and raises when none is named', async () => {
    const { database, tenantId } = story.installation;
    const tables = await database.query<{ name: string }>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`,
      [SETTINGS_SCHEMAS],
    );
    expect(tables.length).toBeGreaterThan(12);
    const filled: string[] = [];
    for (const { name } of tables) {
      const all = await countAs(story, '*', name);
      if (all > 0) filled.push(name);
      const theirs = await countAs(story, strangerTenant, name, tenantId);
      expect([name, theirs]).toEqual([name, 0]);
      if (all > 0) await expect(countAs(story, '', name)).rejects.toThrow(/no tenant is set/); // no row, no question asked
    }
    expect(filled).toEqual(
      expect.arrayContaining([
        'session.devices',
        'session.charging_sessions',
        'session.meter_values',
        'command.commands',
        'webhook.endpoints',
        'webhook.deliveries',
        'session.tokens',
        'fleet.jobs',
        'fleet.job_items',
        'session.regions',
        'session.stations',
        'session.device_profiles',
        'session.device_groups',
        'session.device_group_members',
      ]),
    );
  });
});

/** A device with a settled and a running charge, its commands, and a delivery: something in every drawer. */
async function possess(story: Story): Promise<Possessions> {
  const phyId = '04AB3799';
  const device = await RawDevice.connect(story.installation.devicePort, phyId);
  await device.register();
  await story.event('device.online', (event) => event.device_phy_id === phyId);
  const orderNo = 'SECRET-ORDER-1';
  const started = await story.platform.post<{ session_id: string; command_id: string }>(
    `/api/third/devices/${phyId}/charge/start`,
    { port_no: 1, mode: 1, time_limit: 60, third_party_order_no: orderNo },
  );
  const order = await device.frame(0x82);
  const orderHex = order.payload.subarray(9, 25).toString('hex');
  device.send(0x82, `00${orderHex}000000`, order.messageId);
  device.send(0x06, progressPayload({ port: 0, status: 1, durationS: 60, energyRaw: 3, powerRaw: 2000, orderHex }));
  await device.ask(
    0x03,
    settlementPayload({ port: 0, durationS: 90, energyRaw: 5, maxPowerRaw: 2100, stopReason: 1, orderHex }),
  );
  await story.event('charging.completed', (event) => event.data.third_party_order_no === orderNo);
  device.close();
  const endpoints = await story.platform.get<{ items: { id?: string; endpoint_id?: string }[] }>(
    '/api/third/webhooks/endpoints',
  );
  const endpointId = String(endpoints.body.data.items[0]?.endpoint_id ?? endpoints.body.data.items[0]?.id);
  const deliveries = await story.platform.get<{ items: { id?: string; delivery_id?: string }[] }>(
    `/api/third/webhooks/endpoints/${endpointId}/deliveries`,
  );
  const deliveryId = String(deliveries.body.data.items[0]?.delivery_id ?? deliveries.body.data.items[0]?.id);
  const batch = await story.platform.post<{ job_id: string }>('/api/third/devices/batch/control', {
    devices: [{ phy_id: phyId, action: 'stop_charging', params: { port_no: 2 } }], // nothing runs there
  });
  const exported = await story.platform.post<{ id: string }>('/api/third/exports', { kind: 'sessions' });
  const tokenGroup = 'SECRET-GROUP-1';
  await story.platform.send('PUT', `/api/third/tokens/${TOKEN}`, { group: tokenGroup });
  const placeCode = 'SECRET-PLACE-1';
  await story.platform.post('/api/third/regions', { code: placeCode, name: placeCode });
  await story.platform.post('/api/third/stations', { code: placeCode, name: placeCode, region: placeCode });
  await story.platform.post('/api/third/groups', { code: placeCode, name: placeCode });
  await story.platform.post(`/api/third/groups/${placeCode}/members`, { add: [phyId] });
  await story.platform.send('PATCH', `/api/third/devices/${phyId}`, { station: placeCode });
  const key = await story.platform.post<{ client_id: string }>('/api/third/keys', {
    name: 'SECRET-KEY-1',
    scopes: ['devices:read'],
  });
  const reason = 'SECRET-REASON-1';
  const approval = await story.platform.post<{ approval_id: string }>(`/api/third/devices/${phyId}/commands`, {
    kind: 'memory.read',
    address: 0,
    length_bytes: 16,
    reason,
  });
  expect(approval.status).toBe(202);
  const firmware = await story.platform.upload<{ firmware_id: string }>(
    '/api/third/firmware?version=SECRET-1&protocols=ap3000',
    Buffer.from('SECRET-IMAGE'),
  );
  const upgrade = await story.platform.post<{ upgrade_id: string }>(`/api/third/devices/${phyId}/upgrade`, {
    firmware_id: firmware.body.data.firmware_id,
    upgrade_mode: 'scheduled',
    scheduled_time: new Date(Date.now() + 3_600_000).toISOString(),
  });
  const rollout = await story.platform.post<{ rollout_id: string }>(
    `/api/third/firmware/${firmware.body.data.firmware_id}/rollouts`,
    { device_ids: [phyId], upgrade_mode: 'scheduled', scheduled_time: new Date(Date.now() + 3_600_000).toISOString() },
  );
  return {
    phyId,
    placeCode,
    firmwareId: firmware.body.data.firmware_id,
    upgradeId: upgrade.body.data.upgrade_id,
    rolloutId: rollout.body.data.rollout_id,
    keyId: key.body.data.client_id,
    approvalId: approval.body.data.approval_id,
    reason,
    tokenGroup,
    orderNo,
    jobId: batch.body.data.job_id,
    endpointId,
    deliveryId,
    exportId: exported.body.data.id,
    sessionId: started.body.data.session_id,
    commandId: started.body.data.command_id,
  };
}

/** The route's own example, aimed at what the first tenant owns. */
function targetOf(route: Route, owned: Possessions): string {
  const idOf = route.path.includes('/webhooks/')
    ? owned.endpointId
    : route.path.includes('/keys/')
      ? owned.keyId
      : route.path.includes('/exports/')
        ? owned.exportId
        : owned.commandId;
  const path = route.path
    .replace('{phyId}', owned.phyId)
    .replace('{deliveryId}', owned.deliveryId)
    .replace('{firmwareId}', owned.firmwareId)
    .replace('{upgradeId}', owned.upgradeId)
    .replace('{uploadId}', 'lu_1')
    .replace('{rolloutId}', owned.rolloutId)
    .replace('{id}', idOf)
    .replace('{code}', owned.placeCode)
    .replace('{token}', TOKEN)
    .replace('{approvalId}', owned.approvalId)
    .replace('{jobId}', owned.jobId)
    .replace('{sequence}', '1')
    .replace(/\{(\w+)\}/g, (_, name: string) => String((route.example.params as Record<string, unknown>)[name]));
  const named = route.example.query?.phy_id === undefined ? {} : { phy_id: owned.phyId };
  const query = new URLSearchParams({ ...route.example.query, ...named }).toString();
  return query === '' ? path : `${path}?${query}`;
}

/** Rows of a table that the application's role sees in a scope; those of one tenant when it is named. */
async function countAs(story: Story, scope: string, table: string, ofTenant?: string): Promise<number> {
  const { database } = story.installation;
  try {
    await database.query(`SET ROLE chargebus_app`);
    await database.query(`SELECT set_config('tenancy.scope', $1, false)`, [scope]);
    const where = ofTenant === undefined ? '' : `WHERE tenant_id = '${ofTenant}'`;
    const [row] = await database.query<{ n: string }>(`SELECT count(*) AS n FROM ${table} ${where}`);
    return Number(row?.n);
  } finally {
    await database.query('RESET ROLE');
  }
}

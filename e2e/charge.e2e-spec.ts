import { eventually } from '@chargebus/testing';
import { progressPayload, RawDevice, settlementPayload } from './harness/raw-device';
import { Story } from './harness/story';

interface StartData {
  session_id: string;
  internal_order_id: number;
  third_party_order_no: string;
  command_status: string;
  command_id: string;
  device_response_timeout: number;
  estimated_start_time: string;
}
const started = { mode: 1, time_limit: 120, energy_limit: 50, power_limit: 7000 };

describe('a charge from the socket to the signed webhook', () => {
  let story: Story;
  let device: RawDevice;
  const phyId = '04AB373B';

  beforeAll(async () => {
    story = await Story.begin();
    device = await RawDevice.connect(story.installation.devicePort, phyId);
    await device.register();
    await story.event('device.online', (event) => event.device_phy_id === phyId);
  }, 60_000);
  afterAll(async () => {
    device.close();
    await story.end();
  });

  /** Orders a start and lets the device accept it; the order id on the wire comes back. */
  const charge = async (
    orderNo: string,
    portNo = 1,
    body: object = started,
  ): Promise<{ answer: StartData; orderHex: string }> => {
    const response = await story.platform.post<StartData>(`/api/third/devices/${phyId}/charge/start`, {
      port_no: portNo,
      third_party_order_no: orderNo,
      third_party_user_id: 'USER001',
      notify_interval: 1,
      ...body,
    });
    expect(response).toMatchObject({ status: 200, body: { code: 0, message: 'success' } });
    const order = await device.frame(0x82, (frame) => frame.payload[6] === 1);
    const orderHex = order.payload.subarray(9, 25).toString('hex');
    device.send(0x82, `00${orderHex}${(portNo - 1).toString(16).padStart(2, '0')}0000`, order.messageId);
    return { answer: response.body.data, orderHex };
  };

  it('AC01 E01 E14 E17 goes through the 14 steps', async () => {
    const before = await story.platform.get<{ status: string }>(
      `/api/third/devices/${phyId}/charge/status?port_no=1&include_realtime=true`,
    );
    expect(before.body.data.status).toBe('idle');

    const { answer, orderHex } = await charge('ORD-AC01');
    expect(answer).toMatchObject({
      third_party_order_no: 'ORD-AC01',
      command_status: 'sent',
      device_response_timeout: 15,
    });
    expect(answer.session_id).toMatch(/^SES\d{8}/);
    const begun = await story.event('charging.started', (event) => event.data.third_party_order_no === 'ORD-AC01');
    expect(begun.data).toMatchObject({
      session_id: answer.session_id,
      port_no: 1,
      mode: 1,
      time_limit: 120,
      energy_limit: 50,
    });

    device.send(
      0x06,
      progressPayload({ port: 0, status: 1, durationS: 60, energyRaw: 120, powerRaw: 20_000, orderHex }),
    );
    const progress = await story.event('charging.progress', (event) => event.data.session_id === answer.session_id);
    expect(progress.data).toMatchObject({
      duration: 60,
      energy_consumed: 1.2,
      realtime_data: { voltage: 220.5, current: 0.909, power: 2000, temperature: 45 },
    });
    const status = await story.platform.get(
      `/api/third/devices/${phyId}/charge/status?port_no=1&include_realtime=true`,
    );
    expect(status.body.data).toMatchObject({
      status: 'charging',
      session_id: answer.session_id,
      duration: 60,
      energy_consumed: 1.2,
      realtime_data: { voltage: 220.5, power: 2000 },
    });

    const stopped = await story.platform.post(`/api/third/devices/${phyId}/charge/stop`, {
      port_no: 1,
      reason: 'user_stop',
      third_party_order_no: 'ORD-AC01',
    });
    expect(stopped.body.code).toBe(0);
    const stop = await device.frame(0x82, (frame) => frame.payload[6] === 0);
    expect(stop.payload.subarray(9, 25).toString('hex')).toBe(orderHex);
    device.send(0x82, `00${orderHex}000000`, stop.messageId);
    const confirmed = await story.event('charging.stopped', (event) => event.data.session_id === answer.session_id);

    const settlement = await device.ask(
      0x03,
      settlementPayload({ port: 0, durationS: 90, energyRaw: 148, maxPowerRaw: 20_500, stopReason: 7, orderHex }),
    );
    expect(settlement.payload.toString('hex')).toBe('00');
    const completed = await story.event('charging.completed', (event) => event.data.session_id === answer.session_id);
    expect(completed.data).toMatchObject({
      third_party_order_no: 'ORD-AC01',
      total_duration: 90,
      total_energy: 1.48,
      end_reason: 'user_stop',
      billing_data: { peak_power: 2050 },
    });
    expect(completed.sequence).toBeGreaterThan(confirmed.sequence);
    const after = await story.platform.get<{ status: string }>(`/api/third/devices/${phyId}/charge/status?port_no=1`);
    expect(after.body.data.status).toBe('completed');
  });

  it('AC02 ends without a stop command when the device reports the end itself', async () => {
    const { answer, orderHex } = await charge('ORD-AC02', 2, { mode: 2, energy_limit: 1 });
    const stopsBefore = device.received.filter((frame) => frame.command === 0x82 && frame.payload[6] === 0).length;
    await device.ask(
      0x03,
      settlementPayload({ port: 1, durationS: 600, energyRaw: 100, maxPowerRaw: 6000, stopReason: 4, orderHex }),
    );
    const completed = await story.event('charging.completed', (event) => event.data.session_id === answer.session_id);
    expect(completed.data).toMatchObject({ end_reason: 'energy_limit_reached', total_energy: 1 });
    expect(
      story.receiver.distinct('charging.stopped').filter((event) => event.data.session_id === answer.session_id),
    ).toEqual([]);
    expect(device.received.filter((frame) => frame.command === 0x82 && frame.payload[6] === 0)).toHaveLength(
      stopsBefore,
    );
  });

  it('I08 fails the session with the reason when the device refuses', async () => {
    const response = await story.platform.post<StartData>(`/api/third/devices/${phyId}/charge/start`, {
      port_no: 1,
      order_no: 'ORD-REFUSED',
      ...started,
    });
    const order = await device.frame(0x82, (frame) => frame.payload[6] === 1);
    device.send(0x82, `01${order.payload.subarray(9, 25).toString('hex')}000000`, order.messageId);
    const failed = await story.event(
      'charging.failed',
      (event) => event.data.session_id === response.body.data.session_id,
    );
    expect(failed.data).toMatchObject({ order_no: 'ORD-REFUSED', reason: 'no_charger' });
    expect(
      story.receiver.distinct('charging.started').filter((event) => event.data.order_no === 'ORD-REFUSED'),
    ).toEqual([]);
  });

  it('A07 settles once when the device repeats the settlement, and answers every copy', async () => {
    const { answer, orderHex } = await charge('ORD-TWICE');
    const body = { port: 0, durationS: 300, energyRaw: 50, maxPowerRaw: 6000, stopReason: 1, orderHex };
    for (const timestampS of [1_700_000_000, 1_700_001_800, 1_700_003_600])
      expect((await device.ask(0x03, settlementPayload({ ...body, timestampS }))).payload.toString('hex')).toBe('00');
    await story.event('charging.completed', (event) => event.data.session_id === answer.session_id);
    const next = await charge('ORD-AFTER'); // once this one shows, the repeats have been through
    await story.event('charging.started', (event) => event.data.session_id === next.answer.session_id);
    expect(
      story.receiver.distinct('charging.completed').filter((event) => event.data.session_id === answer.session_id),
    ).toHaveLength(1);
    await device.ask(0x03, settlementPayload({ ...body, orderHex: next.orderHex }));
    await story.event('charging.completed', (event) => event.data.session_id === next.answer.session_id);
  });

  it('completes a charge that nobody ordered, from its settlement alone', async () => {
    const orderHex = '20251121080000aabbccdd1354400030';
    await device.ask(
      0x03,
      settlementPayload({
        port: 1,
        durationS: 1200,
        energyRaw: 75,
        maxPowerRaw: 3000,
        stopReason: 5,
        orderHex,
        startMode: 0,
        cardHex: '7a8d05dd',
      }),
    );
    const completed = await story.event('charging.completed', (event) => event.data.total_energy === 0.75);
    expect(completed.data).toMatchObject({ third_party_order_no: null, port_no: 2, total_duration: 1200 });
  });

  it('E07 answers a repeated order with the same session and a different body with a conflict', async () => {
    const first = await charge('ORD-SAME');
    const again = await story.platform.post<StartData>(`/api/third/devices/${phyId}/charge/start`, {
      port_no: 1,
      third_party_order_no: 'ORD-SAME',
      third_party_user_id: 'USER001',
      notify_interval: 1,
      ...started,
    });
    expect(again.body.data.session_id).toBe(first.answer.session_id);
    const other = await story.platform.post(`/api/third/devices/${phyId}/charge/start`, {
      port_no: 1,
      third_party_order_no: 'ORD-SAME',
      mode: 1,
      time_limit: 5,
    });
    expect(other).toMatchObject({ status: 409, body: { error: 'ORDER_CONFLICT' } });
    const busy = await story.platform.post(`/api/third/devices/${phyId}/charge/start`, {
      port_no: 1,
      third_party_order_no: 'ORD-BUSY',
      mode: 1,
      time_limit: 5,
    });
    expect(busy).toMatchObject({ status: 409, body: { error: 'PORT_BUSY' } });
    await device.ask(
      0x03,
      settlementPayload({
        port: 0,
        durationS: 30,
        energyRaw: 5,
        maxPowerRaw: 6000,
        stopReason: 5,
        orderHex: first.orderHex,
      }),
    );
    await story.event('charging.completed', (event) => event.data.session_id === first.answer.session_id);
  });

  it('I20 signs every delivery in both ways and sends each event once', async () => {
    await eventually(() => {
      expect(story.receiver.deliveries.length).toBeGreaterThan(10);
    });
    expect(story.receiver.problems).toEqual([]);
    const ids = story.receiver.deliveries.map(({ event }) => event.event_id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

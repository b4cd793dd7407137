import { createLogger } from './logger';

describe('the log', () => {
  const lines: string[] = [];
  const logger = createLogger('sample', 'info', { write: (line) => lines.push(line) });
  const last = () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>;

  it('Z04 X05 stars out secrets in what is logged, however deep, and leaves the rest', () => {
    const order = { orderRef: 'A1', keys: [{ UserKeyHex: 'ff', portNo: 1 }], token: null };
    logger.info({ deviceId: '04AB373B', order, api_secret: 's', 'x-api-key': 'k' }, 'sent');
    expect(last()).toMatchObject({
      level: 'INFO',
      app: 'sample',
      deviceId: '04AB373B',
      order: { orderRef: 'A1', keys: [{ UserKeyHex: '***', portNo: 1 }], token: null },
      api_secret: '***',
      'x-api-key': '***',
      msg: 'sent',
    });
    expect(order.keys[0]?.UserKeyHex).toBe('ff');
  });

  it('Z04 stars out what hangs on an error', () => {
    const error = Object.assign(new Error('refused'), { request: { authorization: 'Basic x', method: 'GET' } });
    logger.error({ err: error }, 'failed');
    expect(last()).toMatchObject({ err: { message: 'refused', request: { authorization: '***', method: 'GET' } } });
  });
});

/* global pm, require */
// Signs the request that is about to be sent (decision 13). Runs in Postman's sandbox.
const crypto = require('crypto-js');

const body = pm.request.body && pm.request.body.raw ? pm.variables.replaceIn(pm.request.body.raw) : '';
const target = pm.variables.replaceIn(pm.request.url.getPathWithQuery());
const timestamp = Math.floor(Date.now() / 1000).toString();
const nonce = pm.variables.replaceIn('{{$guid}}');
const text = [pm.request.method, target, timestamp, nonce, crypto.SHA256(body).toString()].join('\n');

pm.request.headers.upsert({ key: 'X-Api-Key', value: pm.variables.get('apiKey') });
pm.request.headers.upsert({ key: 'X-Timestamp', value: timestamp });
pm.request.headers.upsert({ key: 'X-Nonce', value: nonce });
pm.request.headers.upsert({
  key: 'X-Signature',
  value: crypto.HmacSHA256(text, pm.variables.get('apiSecret')).toString(),
});

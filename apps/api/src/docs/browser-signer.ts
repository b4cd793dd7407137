/**
 * Script of the documents' page: `signRequest(request, credentials)` adds the headers of decision 13. It runs in the
 * browser, so that the secret is sent nowhere; needs https or localhost, where browsers have `crypto.subtle`.
 */
export const BROWSER_SIGNER = `
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
async function signRequest(request, { apiKey, apiSecret }) {
  if (apiKey === '' || apiSecret === '') return request;
  const bytes = (text) => new TextEncoder().encode(text);
  const url = new URL(request.url, location.href);
  const timestamp = Math.floor(Date.now() / 1000).toString();
  const nonce = crypto.randomUUID();
  const digest = hex(await crypto.subtle.digest('SHA-256', bytes(request.body ?? '')));
  const key = await crypto.subtle.importKey('raw', bytes(apiSecret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const text = [request.method.toUpperCase(), url.pathname + url.search, timestamp, nonce, digest].join('\\n');
  const signature = hex(await crypto.subtle.sign('HMAC', key, bytes(text)));
  Object.assign(request.headers, {
    'X-Api-Key': apiKey, 'X-Timestamp': timestamp, 'X-Nonce': nonce, 'X-Signature': signature,
  });
  return request;
}
`;

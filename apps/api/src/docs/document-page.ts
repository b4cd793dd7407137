import { BROWSER_SIGNER } from './browser-signer';

/** Where the page finds the files of swagger-ui. */
const ASSETS = '/api/docs/assets/';

/** The documents as a page; its "Execute" signs the call with the key and secret that were typed in (D16). */
export const documentPage = (): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Chargebus API</title>
<link rel="stylesheet" href="${ASSETS}swagger-ui.css">
<link rel="icon" href="${ASSETS}favicon-32x32.png">
<style>
body { margin: 0; background: #fafafa; }
#credentials { display: flex; gap: 8px; padding: 12px 20px; font: 14px sans-serif; }
#credentials input { flex: 1; padding: 6px 8px; font: 14px monospace; }
</style>
</head>
<body>
<form id="credentials" autocomplete="off" onsubmit="return false">
<input id="api-key" placeholder="API key" aria-label="API key">
<input id="api-secret" type="password" placeholder="API secret: signs your calls, stays in this tab" aria-label="API secret">
</form>
<div id="swagger-ui"></div>
<script src="${ASSETS}swagger-ui-bundle.js"></script>
<script src="${ASSETS}swagger-ui-standalone-preset.js"></script>
<script>
${BROWSER_SIGNER}
for (const id of ['api-key', 'api-secret']) {
  const input = document.getElementById(id);
  input.value = sessionStorage.getItem(id) ?? '';
  input.addEventListener('input', () => sessionStorage.setItem(id, input.value));
}
SwaggerUIBundle({
  dom_id: '#swagger-ui',
  urls: [
    { url: '/api/docs/third.json', name: 'Integrators' },
    { url: '/api/docs/internal.json', name: 'Operators of the installation' },
  ],
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
  deepLinking: true,
  requestInterceptor: (request) =>
    request.loadSpec
      ? request
      : signRequest(request, {
          apiKey: document.getElementById('api-key').value.trim(),
          apiSecret: document.getElementById('api-secret').value.trim(),
        }),
});
</script>
</body>
</html>
`;

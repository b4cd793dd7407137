import { apps, asText, GENERATED, table } from './load.mjs';

/** `.env.example`: every setting once, with the apps that read it; what has a default is commented out. */
export function envExample() {
  const byKey = new Map();
  for (const { name, settings } of apps)
    for (const setting of settings) {
      const seen = byKey.get(setting.key) ?? { setting, readers: [] };
      seen.readers.push(name);
      byKey.set(setting.key, seen);
    }
  const blocks = [...byKey.entries()]
    .sort(([, a], [, b]) => b.readers.length - a.readers.length || a.setting.key.localeCompare(b.setting.key))
    .map(([key, { setting, readers }]) => {
      const about = [setting.about, setting.accepts].filter(Boolean).join('; ');
      const who = readers.length === apps.length ? 'every app' : readers.join(', ');
      const line = setting.required ? `${key}=` : `#${key}=${asText(setting.default)}`;
      return `# ${about} (${who})\n${line}`;
    });
  return `# Made by \`npm run gen\`; do not edit. \`npm start\` needs none of these.\n\n${blocks.join('\n\n')}\n`;
}

/** docs/generated/config.md: one table per app. */
export function configPage() {
  const sections = apps.map(({ name, settings }) => {
    const rows = settings.map((setting) => [
      `\`${setting.key}\``,
      setting.required ? '**required**' : asText(setting.default) === '' ? '' : `\`${asText(setting.default)}\``,
      setting.accepts,
      setting.about,
    ]);
    return `## ${name}\n\n${table(['Setting', 'Default', 'Accepts', 'Meaning'], rows)}\n`;
  });
  const intro =
    'Defaults, overridden by the file named in `CONFIG_FILE` (YAML or JSON, one object of these names), overridden by ' +
    'the environment. A wrong value stops the app at start with a line per mistake. Secrets are never shown.';
  return `${GENERATED}\n# Settings\n\n${intro}\n\n${sections.join('\n')}`;
}

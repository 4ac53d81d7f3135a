// The page of the session log panel.
// Invariant: it runs only our own scripts, reaches no network, and holds no text of agents: that comes by message.

export interface PanelPage {
  /** The editor's source for its own files. */
  cspSource: string;
  /** Random, for this page only. */
  nonce: string;
  script: string;
  styles: readonly string[];
  /** Loaded by the page where a recording is opened. */
  player: { script: string; style: string };
}

/** `style-src` allows the styles that components make at run time from our own script, by the nonce. */
export function panelHtml({ cspSource, nonce, script, styles, player }: PanelPage): string {
  const policy = [
    "default-src 'none'",
    // The player of recordings is compiled to WebAssembly.
    `script-src 'nonce-${nonce}' 'wasm-unsafe-eval'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const links = styles
    .map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`)
    .join('\n    ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Interlock session log</title>
    ${links}
  </head>
  <body>
    <div id="root" data-player="${escapeHtml(player.script)}" data-player-style="${escapeHtml(player.style)}"></div>
    <script nonce="${nonce}" src="${escapeHtml(script)}"></script>
  </body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

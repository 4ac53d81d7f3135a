// Starts the panel in its page.
import './styles/panel.css';
import { openPort } from './port.ts';
import { CountdownElement } from './view/countdownElement.ts';
import { HoldElement } from './view/holdElement.ts';
import { LogListElement } from './view/logListElement.ts';
import { PanelApp } from './view/panelApp.ts';
import { PlayerElement } from './view/playerElement.ts';
import { SessionsElement } from './view/sessionsElement.ts';

customElements.define('il-countdown', CountdownElement);
customElements.define('il-log-list', LogListElement);
customElements.define('il-hold', HoldElement);
customElements.define('il-player', PlayerElement);
customElements.define('il-sessions', SessionsElement);
customElements.define('il-panel', PanelApp);

const app = new PanelApp();
app.port = openPort();
// Read now: the page forgets whose script runs once it has run.
app.pageNonce = document.currentScript?.nonce ?? '';
document.getElementById('root')?.append(app);

// Starts the panel in its page.
import './styles/panel.css';
import { openPort } from './port.ts';
import { CountdownElement } from './view/countdownElement.ts';
import { HoldElement } from './view/holdElement.ts';
import { LogListElement } from './view/logListElement.ts';
import { PanelApp } from './view/panelApp.ts';

customElements.define('il-countdown', CountdownElement);
customElements.define('il-log-list', LogListElement);
customElements.define('il-hold', HoldElement);
customElements.define('il-panel', PanelApp);

const app = new PanelApp();
app.port = openPort();
document.getElementById('root')?.append(app);

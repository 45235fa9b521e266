// How each kind of device is set up. `place` is the proxy's address as the device reaches it.

import { html } from 'lit';

const end = (place) => {
  const at = place.lastIndexOf(':');
  return { host: place.slice(0, at), port: place.slice(at + 1) };
};

const proxy = (place) => html`host <code>${end(place).host}</code>, port <code>${end(place).port}</code>`;

const setUp = (link) => html`<li>Scan the code above, or open <code>${link}</code> in its browser. That lets it in, and
  leads through the rest.</li>`;

export const KINDS = [
  { id: 'android', name: 'Android', steps: (place, link) => html`
    ${setUp(link)}
    <li>Settings → Network → Wi-Fi → your network → Edit → Proxy: Manual, with ${proxy(place)}.</li>
    <li>Install the authority from the set-up page: Settings → Security → Encryption and credentials → Install a
      certificate → CA certificate. Browsers trust it then; most apps need to allow it in their own configuration.</li>` },
  { id: 'ios', name: 'iPhone and iPad', steps: (place, link) => html`
    ${setUp(link)}
    <li>Settings → Wi-Fi → the ⓘ of your network → Configure Proxy → Manual, with ${proxy(place)}.</li>
    <li>Install the profile from the set-up page in Settings → General → VPN and Device Management, then switch it on
      in Settings → General → About → Certificate Trust Settings.</li>` },
  { id: 'computer', name: 'Another computer', steps: (place, link) => html`
    ${setUp(link)}
    <li>In its network settings, set the proxy for HTTP and HTTPS: ${proxy(place)}.</li>
    <li>Install the authority from the set-up page as one for web sites, in the system’s store and in Firefox’s own.</li>` },
];

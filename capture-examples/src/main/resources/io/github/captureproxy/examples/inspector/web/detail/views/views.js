// Which views there are of which kind of body, the best first.

import { html } from 'lit';
import './text-view.js';
import './hex-view.js';
import './json-tree.js';
import './markup-view.js';
import './html-preview.js';
import './image-view.js';
import './form-view.js';
import './parts-view.js';
import './proto-view.js';

const VIEWS = {
  tree: { id: 'tree', name: 'Tree', view: (body) => html`<json-tree .body=${body}></json-tree>` },
  markup: { id: 'markup', name: 'Formatted', view: (body) => html`<markup-view .body=${body}></markup-view>` },
  preview: { id: 'preview', name: 'Preview', view: (body) => html`<html-preview .body=${body}></html-preview>` },
  image: { id: 'image', name: 'Image', view: (body) => html`<image-view .body=${body}></image-view>` },
  form: { id: 'form', name: 'Fields', view: (body) => html`<form-view .body=${body}></form-view>` },
  parts: { id: 'parts', name: 'Parts', view: (body) => html`<parts-view .body=${body}></parts-view>` },
  proto: { id: 'proto', name: 'Fields', view: (body) => html`<proto-view .body=${body}></proto-view>` },
  text: { id: 'text', name: 'Text', view: (body) => html`<text-view .body=${body}></text-view>` },
  hex: { id: 'hex', name: 'Hex', view: (body) => html`<hex-view .body=${body}></hex-view>` },
};

const BEST = {
  JSON: ['tree'], JSON_LINES: ['tree'], XML: ['markup'], HTML: ['markup', 'preview'], IMAGE: ['image'],
  FORM: ['form'], MULTIPART: ['parts'], PROTOBUF: ['proto'],
};

export function viewsOf(facts) {
  if (facts.decoded === null) return [VIEWS.hex];
  const best = (BEST[facts.kind] ?? []).filter((id) => id !== 'image' || facts.imageType);
  const bytesFirst = facts.kind === 'BINARY' || facts.kind === 'GRPC' || facts.kind === 'PROTOBUF'
    || (facts.kind === 'IMAGE' && facts.imageType !== 'image/svg+xml');
  const rest = bytesFirst ? ['hex', 'text'] : ['text', 'hex'];
  if (facts.kind === 'BINARY') rest.push('proto');
  return [...best, ...rest].map((id) => VIEWS[id]);
}

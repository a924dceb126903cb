// The editor for whoever wants vim's keys: the same bridge, with them in front.
import { vim } from "@replit/codemirror-vim";
import { create as plain } from "./editor.js";

export const create = (parent, options) => plain(parent, { ...options, first: vim({ status: true }) });

// Texts, times and places in the language of the page.

import { locale } from "./locale.js";

const main = document.querySelector("main");
const texts = JSON.parse(main.dataset.said);

const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const clock = new Intl.DateTimeFormat(locale, { timeStyle: "medium" });
const regions = new Intl.DisplayNames(locale, { type: "region", fallback: "none" });

/** The text with that id, `{name}` replaced by the values. */
export const say = (id, values = {}) =>
  (texts[id] ?? texts.fallback).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));

/** A day and a time.  milliseconds: since the epoch. */
export const when = (milliseconds) => moment.format(milliseconds);

/** A time of today. */
export const clockTime = (milliseconds) => clock.format(milliseconds);

/** Country and address, as far as they are known. */
export function place(request) {
  if (/^(127\.|::1$)/.test(request.ipAddress ?? "")) return say("request.here");
  const country = countryName(request.country);
  const parts = [country, request.ipAddress && (country ? `(${request.ipAddress})` : request.ipAddress)];
  return parts.filter(Boolean).join(" ") || say("request.nowhere");
}

function countryName(code) {
  return /^[A-Z]{2}$/.test(code ?? "") ? regions.of(code) ?? code : "";
}

/** How this browser names itself when it registers: `name` for people, `model` the browser alone. */
export function thisBrowser() {
  const agent = navigator.userAgent;
  const model = first(agent, [
    ["Edg", "Edge"], ["OPR/", "Opera"], ["SamsungBrowser", "Samsung Internet"], ["Firefox", "Firefox"], ["FxiOS", "Firefox"],
    ["Chrome", "Chrome"], ["CriOS", "Chrome"], ["Safari", "Safari"],
  ]) ?? "Browser";
  const system = first(agent, [
    ["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["CrOS", "ChromeOS"], ["Windows", "Windows"],
    ["Mac OS X", "Mac"], ["Linux", "Linux"],
  ]);
  return { name: system ? `${model} on ${system}` : model, model };
}

const first = (text, pairs) => pairs.find(([mark]) => text.includes(mark))?.[1];

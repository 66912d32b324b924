// The service worker of the bench: what is tapped, photographed or read while
// the network is away waits here and is sent once, in order, when it is back.
// It takes facts only: steps, findings, parts, photos, readings. A page kept for
// that time is one of the bench, which names no customer; signing out throws the
// pages away, and never what waits.

const FACTS = /^\/orders\/([^/]+)\/(work\/(?:step|finding|part|photo)|measure\/typed|pieces)$/;
const PAGES = /^\/(?:orders\/[^/]+\/(?:work|shelf)|bench|offline)$/;
const DOCUMENT = /^\/shelf\/[^/]+\/file$/;
const KEPT_PAGES = "bench-pages", KEPT_FILES = "bench-files", KEPT_SHELF = "bench-shelf";
const MOST_DOCUMENTS = 60; // the oldest go first
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const OWN_HOURS = 48; // for how long it is remembered what was sent

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (e) => e.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (e) => {
  const { request } = e, url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && FACTS.test(url.pathname)) e.respondWith(fact(request, url));
  else if (request.method === "POST" && /^\/sign/.test(url.pathname)) e.waitUntil(Promise.all([caches.delete(KEPT_PAGES), caches.delete(KEPT_SHELF)]));
  else if (request.method === "GET" && url.pathname.startsWith("/static/")) e.respondWith(file(request));
  else if (request.method === "GET" && DOCUMENT.test(url.pathname)) e.respondWith(kept(request, url));
  else if (request.mode === "navigate" && request.method === "GET" && PAGES.test(url.pathname)) e.respondWith(page(request, url));
});

self.addEventListener("message", (e) => {
  const done = (x) => e.ports[0]?.postMessage(x);
  const acts = {
    person: async (m) => { await put("facts", { key: "person", value: m.id }); await flush(); },
    keep: (m) => keepPage(m.path, m.files),
    shelf: (m) => keepShelf(m.paths),
    list: () => all("queue"),
    flush: () => flush(),
    again: async (m) => { const it = await get("queue", m.id); if (it) await put("queue", { ...it, state: "waiting", answer: "", fields: it.fields.map(([k, v]) => (k === "seen" ? [k, "-1"] : [k, v])) }); await flush(); },
    drop: (m) => del("queue", m.id),
  };
  e.waitUntil((async () => done(await acts[e.data.type]?.(e.data)))());
});

// file answers what never changes: its address holds its hash.
async function file(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(KEPT_FILES)).put(request, answer.clone());
  return answer;
}

// keepPage keeps the page that is open and what it is made of: it was loaded
// before there was a worker to keep it.
async function keepPage(path, files) {
  try {
    const pages = await caches.open(KEPT_PAGES), kept = await caches.open(KEPT_FILES);
    if (PAGES.test(path) && !(await pages.match(path))) {
      const answer = await fetch(path);
      if (answer.ok && !answer.redirected) await pages.put(path, answer);
    }
    await Promise.all(files.filter((f) => new URL(f).pathname.startsWith("/static/")).map(async (f) => (await kept.match(f)) ?? kept.add(f)));
  } catch {
    // the network is away: what is kept is kept
  }
}

// keepShelf keeps the makers' documents of a watch, and the page that lists them.
// The first path is that page.
async function keepShelf(paths) {
  try {
    const [list, ...files] = paths, pages = await caches.open(KEPT_PAGES), shelf = await caches.open(KEPT_SHELF);
    const answer = PAGES.test(list) && (await fetch(list));
    if (answer && answer.ok && !answer.redirected) await pages.put(list, answer);
    for (const path of files) if (DOCUMENT.test(path) && !(await shelf.match(path))) await shelf.add(path);
    const all = await shelf.keys();
    for (const old of all.slice(0, Math.max(0, all.length - MOST_DOCUMENTS))) await shelf.delete(old);
  } catch {
    // the network is away: what is kept is kept
  }
}

// kept answers a document: its address never changes what it names. What is not
// kept yet comes from the network, and is not kept for having been looked at.
async function kept(request, url) {
  return (await (await caches.open(KEPT_SHELF)).match(url.pathname)) ?? fetch(request);
}

// page asks the network first, and shows what was kept where it is away.
async function page(request, url) {
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) (await caches.open(KEPT_PAGES)).put(url.pathname, answer.clone());
    return answer;
  } catch (err) {
    const kept = await (await caches.open(KEPT_PAGES)).match(url.pathname);
    if (kept) return kept;
    throw err;
  }
}

// fact sends one fact, or keeps it. While older ones wait it waits with them.
async function fact(request, url) {
  const copy = request.clone();
  await flush();
  if ((await waiting()).length === 0) {
    try {
      return await fetch(request);
    } catch {
      // kept below
    }
  }
  await keep(copy, url);
  if (request.mode !== "navigate") return new Response(null, { status: 204 });
  return Response.redirect(new URL("/orders/" + FACTS.exec(url.pathname)[1] + "/work", location.origin), 303);
}

async function keep(request, url) {
  const form = await request.formData();
  const fields = [...form].filter(([k]) => k !== "happened" && k !== "own" && k !== "as");
  const items = await all("queue");
  const asked = form.get("entry") ?? "";
  const before = items.filter((it) => it.form === asked).pop();
  const text = (list) => JSON.stringify(list.map(([k, v]) => (k === "entry" ? [k] : v instanceof File ? [k, v.name, v.size, v.lastModified] : [k, v])));
  if (before && before.path === url.pathname && text(before.fields) === text(fields)) return; // a double tap
  // A page that could not be drawn anew carries the same id again: each fact has its own.
  const entry = before ? entryId() : asked || entryId();
  const happened = new Date().toISOString();
  const device = await deviceId(), person = (await get("facts", "person"))?.value ?? "";
  const count = ((await get("facts", "count"))?.value ?? 0) + 1;
  await put("facts", { key: "count", value: count });
  await put("queue", { path: url.pathname, number: FACTS.exec(url.pathname)[1], fields, form: asked, entry, happened, device, count, person, state: "waiting", answer: "" });
  await tell();
}

let flushing = null;
const flush = () => (flushing ??= send().finally(() => (flushing = null)));

// send sends what waits, the oldest first. What the server refuses is kept with
// its answer beside it; what it cannot take now is tried again later.
async function send() {
  const person = (await get("facts", "person"))?.value ?? "";
  for (const it of await waiting()) {
    if (it.person !== person) continue; // somebody else's: it waits until they are back
    const answer = await post(it);
    if (!answer || answer.status === 401 || answer.status === 429 || answer.status >= 500) return tell();
    if (answer.type === "opaqueredirect" || answer.ok) {
      await put("sent", { entry: it.entry, number: it.number, at: Date.now() });
      await del("queue", it.id);
    } else {
      await put("queue", { ...it, state: "refused", status: answer.status, answer: (await answer.text()).slice(0, 200000) });
    }
    await tell();
  }
}

async function post(it) {
  const form = new FormData();
  for (const [k, v] of it.fields) form.append(k, k === "entry" ? it.entry : v);
  if (!form.has("entry")) form.append("entry", it.entry);
  const sent = (await all("sent")).filter((s) => s.number === it.number && s.at > Date.now() - OWN_HOURS * 36e5);
  for (const [k, v] of [["happened", it.happened], ["device", it.device], ["count", it.count], ["as", it.person], ["own", sent.map((s) => s.entry).join(" ")]]) form.append(k, v);
  try {
    return await fetch(it.path, { method: "POST", body: form, redirect: "manual", credentials: "same-origin" });
  } catch {
    return null;
  }
}

const waiting = async () => (await all("queue")).filter((it) => it.state === "waiting");

async function tell() {
  const items = (await all("queue")).map(({ answer, ...it }) => it);
  for (const c of await self.clients.matchAll({ includeUncontrolled: true })) c.postMessage({ type: "queue", items });
}

function entryId(now = Date.now()) {
  let time = "";
  for (let i = 0, rest = now; i < 10; i++, rest = Math.floor(rest / 32)) time = ALPHABET[rest % 32] + time;
  return time + Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => ALPHABET[b & 31]).join("");
}

async function deviceId() {
  const known = await get("facts", "device");
  if (known) return known.value;
  const value = entryId();
  await put("facts", { key: "device", value });
  return value;
}

// The small database: what waits, what was sent, and who is at the bench.
let opened = null;
function database() {
  return (opened ??= new Promise((done, failed) => {
    const ask = indexedDB.open("etabli-bench", 1);
    ask.onupgradeneeded = () => {
      ask.result.createObjectStore("queue", { keyPath: "id", autoIncrement: true });
      ask.result.createObjectStore("sent", { keyPath: "entry" });
      ask.result.createObjectStore("facts", { keyPath: "key" });
    };
    ask.onsuccess = () => done(ask.result);
    ask.onerror = () => failed(ask.error);
  }));
}

async function run(store, mode, act) {
  const tx = (await database()).transaction(store, mode, { durability: "strict" });
  const ask = act(tx.objectStore(store));
  return new Promise((done, failed) => {
    tx.oncomplete = () => done(ask.result);
    tx.onerror = tx.onabort = () => failed(tx.error);
  });
}

const all = (store) => run(store, "readonly", (s) => s.getAll());
const get = (store, key) => run(store, "readonly", (s) => s.get(key));
const put = (store, value) => run(store, "readwrite", (s) => s.put(value));
const del = (store, key) => run(store, "readwrite", (s) => s.delete(key));

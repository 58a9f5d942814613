/**
 * What was typed and photographed but not sent yet, kept on the phone: a page that was
 * left, a battery that went empty or a tunnel cost nobody his work. It is a convenience:
 * a browser that keeps nothing is no error.
 */
const DATABASE = "sales_portal";
const STORE = "drafts";
/** Milliseconds after which a draft that nobody came back to is dropped. */
const KEPT_FOR = 14 * 24 * 3600 * 1000;

function open() {
    return new Promise((resolve, reject) => {
        const request = indexedDB.open(DATABASE, 1);
        request.onupgradeneeded = () => request.result.createObjectStore(STORE);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

async function withStore(mode, work) {
    const database = await open();
    try {
        return await new Promise((resolve, reject) => {
            const transaction = database.transaction(STORE, mode);
            const request = work(transaction.objectStore(STORE));
            transaction.oncomplete = () => resolve(request.result);
            transaction.onerror = () => reject(transaction.error);
            transaction.onabort = () => reject(transaction.error);
        });
    } finally {
        database.close();
    }
}

/**
 * @param {string} key
 * @param {Object} draft what `structuredClone` can copy, files included
 */
export async function keepDraft(key, draft) {
    const row = { draft, keptAt: Date.now() };
    await withStore("readwrite", (store) => store.put(row, key)).catch(() => {});
}

/**
 * @param {string} key
 * @returns {Promise<Object|undefined>}
 */
export async function findDraft(key) {
    const row = await withStore("readonly", (store) => store.get(key)).catch(() => {});
    return row?.draft;
}

/** @param {string} key */
export async function dropDraft(key) {
    await withStore("readwrite", (store) => store.delete(key)).catch(() => {});
}

/** Drops what lies too long, so that a phone does not fill with old photos. */
export async function dropOldDrafts() {
    await withStore("readwrite", (store) => {
        const request = store.openCursor();
        request.onsuccess = () => {
            const cursor = request.result;
            if (cursor) {
                if (Date.now() - cursor.value.keptAt > KEPT_FOR) {
                    cursor.delete();
                }
                cursor.continue();
            }
        };
        return request;
    }).catch(() => {});
}

// What must outlive a reload: files on their way, words that were not sent, the time line. In the browser's database, or in
// memory where the browser keeps nothing (private windows, storage switched off): then it lasts as long as the page.

export interface Store {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
  keys(): Promise<readonly string[]>;
  /** Everything of this consultation. */
  clear(): Promise<void>;
}

const DATABASE = 'raabta';
const TABLE = 'kept';
// Some browsers neither open a database nor say that they will not.
const OPEN_WITHIN_MS = 3_000;

export class MemoryStore implements Store {
  private readonly values = new Map<string, unknown>();

  async get(key: string): Promise<unknown> {
    return this.values.get(key);
  }

  async put(key: string, value: unknown): Promise<void> {
    this.values.set(key, value);
  }

  async delete(key: string): Promise<void> {
    this.values.delete(key);
  }

  async keys(): Promise<readonly string[]> {
    return [...this.values.keys()];
  }

  async clear(): Promise<void> {
    this.values.clear();
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer')), OPEN_WITHIN_MS);
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
    request.onerror = request.onblocked = () => reject(request.error);
    request.onsuccess = () => {
      clearTimeout(timer);
      // "Erase from this phone": an open database would wait with it until the page is gone.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
  });
}

/** In the database first; what fails there goes to memory, which is looked at first. */
class BrowserStore implements Store {
  private readonly memory = new MemoryStore();

  constructor(
    private readonly database: IDBDatabase,
    private readonly prefix: string,
  ) {}

  private table(mode: IDBTransactionMode): IDBObjectStore {
    return this.database.transaction(TABLE, mode).objectStore(TABLE);
  }

  async get(key: string): Promise<unknown> {
    const held = await this.memory.get(key);
    if (held !== undefined) return held;
    try {
      return await settled<unknown>(this.table('readonly').get(this.prefix + key));
    } catch {
      return undefined;
    }
  }

  async put(key: string, value: unknown): Promise<void> {
    try {
      await settled(this.table('readwrite').put(value, this.prefix + key));
    } catch {
      await this.memory.put(key, value); // full, or closed by the browser
    }
  }

  async delete(key: string): Promise<void> {
    await this.memory.delete(key);
    try {
      await settled(this.table('readwrite').delete(this.prefix + key));
    } catch {
      // closed by the browser: nothing to be done
    }
  }

  async keys(): Promise<readonly string[]> {
    const held = await this.memory.keys();
    try {
      const all = await settled(this.table('readonly').getAllKeys(this.range()));
      return [...new Set([...held, ...all.map(key => String(key).slice(this.prefix.length))])];
    } catch {
      return held;
    }
  }

  async clear(): Promise<void> {
    await this.memory.clear();
    try {
      await settled(this.table('readwrite').delete(this.range()));
    } catch {
      // as above
    }
  }

  private range(): IDBKeyRange {
    return IDBKeyRange.bound(this.prefix, this.prefix + '\uffff');
  }
}

/** @param owner what tells this consultation's things from another's on a borrowed phone, and opens nothing */
export async function openStore(owner: string): Promise<Store> {
  try {
    return new BrowserStore(await openDatabase(), owner + '/');
  } catch {
    return new MemoryStore();
  }
}

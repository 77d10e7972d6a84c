package org.raabta.signaling.exchange;

import java.util.concurrent.Executor;
import org.raabta.signaling.records.TimelineRecords;
import org.raabta.signaling.store.ItemFiles;

/**
 * Where things are kept.
 *
 * @param checks runs what takes long: hashing and decoding of what was uploaded
 */
public record Shelf(TimelineRecords entries, ItemFiles files, Executor checks, Limits limits) {}

package org.raabta.signaling.exchange;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.media.MediaType;
import org.raabta.signaling.timeline.Entry;
import org.raabta.signaling.timeline.EntryJson;
import org.raabta.signaling.timeline.Kind;

/** A consultation as one ZIP: the time line as a page and as JSON, photos and recordings beside it. */
public final class Export {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final String consult;
    private final List<Entry> entries;
    private final Map<String, byte[]> files;
    private final ResourceBundle words;

    /**
     * @param consult  its number as clinics know it
     * @param files    bytes by item; one that is not there is told and not linked
     * @param language English if we do not have it
     */
    public Export(String consult, List<Entry> entries, Map<String, byte[]> files, Locale language) {
        this.consult = consult;
        this.entries = entries;
        this.files = files;
        // Never the server's own language: the same request has the same answer everywhere.
        this.words = ResourceBundle.getBundle(
                "org.raabta.signaling.exchange.export",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    public byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            add(zip, "timeline.html", html().getBytes(StandardCharsets.UTF_8));
            add(zip, "timeline.json", Json.bytes(json()));
            for (Entry entry : entries) {
                byte[] file = files.get(entry.id());
                if (file != null) {
                    add(zip, name(entry), file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(entries.isEmpty() ? 0 : entries.get(0).at().toEpochMilli());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    /** A name of our own making: nothing that somebody sent names a file. */
    private static String name(Entry entry) {
        String suffix =
                MediaType.ofLabel(entry.text("type")).map(MediaType::suffix).orElse("bin");
        return "files/%03d-%s-%s.%s"
                .formatted(entry.place(), entry.by(), entry.kind().label(), suffix);
    }

    private ObjectNode json() {
        ObjectNode json = Json.object().put("consult", consult);
        ArrayNode list = json.putArray("entries");
        for (Entry entry : entries) {
            ObjectNode one = EntryJson.told(entry, false, false);
            one.put("at", entry.at().toString());
            if (files.containsKey(entry.id())) {
                one.put("file", name(entry));
            }
            list.add(one);
        }
        return json;
    }

    private String html() {
        StringBuilder out = new StringBuilder();
        boolean rtl = word("direction").equals("rtl");
        out.append("<!doctype html>\n<html lang=\"").append(word("language")).append("\" dir=\"");
        out.append(rtl ? "rtl" : "ltr").append("\">\n<meta charset=\"utf-8\">\n");
        out.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self' file:;"
                + " media-src 'self' file:; style-src 'unsafe-inline'\">\n");
        out.append("<title>").append(escaped(word("title"))).append(' ').append(escaped(consult));
        out.append("</title>\n<style>body{font:16px/1.6 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}"
                + "li{margin:1em 0}img{max-width:100%;border:1px solid #999}time{color:#555}"
                + "code{font-size:.75em;overflow-wrap:anywhere}</style>\n<h1>");
        out.append(escaped(word("title")))
                .append(" <bdi>")
                .append(escaped(consult))
                .append("</bdi></h1>\n<ol>\n");
        for (Entry entry : entries) {
            if (entry.kind() != Kind.THUMB) {
                entry(out, entry);
            }
        }
        return out.append("</ol>\n</html>\n").toString();
    }

    private void entry(StringBuilder out, Entry entry) {
        out.append("<li><time>").append(time(entry.at())).append("</time> <b>");
        out.append(escaped(word("by." + entry.by()))).append("</b>: ");
        switch (entry.kind()) {
            case MSG -> out.append("<bdi>").append(escaped(entry.text("text"))).append("</bdi>");
            case EVENT -> out.append(escaped(event(entry)));
            case ASK ->
                out.append(escaped(word("ask"))).append(' ').append(escaped(word("view." + entry.text("view"))));
            case PHOTO, NOTE, THUMB -> file(out, entry);
        }
        if (entry.status().kept() || !entry.status().label().isEmpty()) {
            out.append(" <small>(")
                    .append(escaped(word("status." + entry.status().label())))
                    .append(")</small>");
        }
        out.append("</li>\n");
    }

    private String event(Entry entry) {
        String rung = entry.text("rung");
        return word("event." + entry.text("what")) + (rung.isEmpty() ? "" : " " + entry.text("from") + " " + rung);
    }

    private void file(StringBuilder out, Entry entry) {
        out.append(escaped(word(entry.kind().label())));
        if (!entry.text("view").isEmpty()) {
            out.append(", ").append(escaped(word("view." + entry.text("view"))));
        }
        if (!files.containsKey(entry.id())) {
            return;
        }
        String name = escaped(name(entry));
        out.append(entry.kind() == Kind.NOTE ? "<br><audio controls src=\"" : "<br><img alt=\"\" src=\"");
        out.append(name).append(entry.kind() == Kind.NOTE ? "\"></audio>" : "\">");
        out.append("<br>").append(entry.bytes()).append(" B, SHA-256 <code>").append(escaped(entry.text("sha")));
        out.append("</code>");
    }

    private String word(String key) {
        try {
            return words.getString(key);
        } catch (MissingResourceException e) {
            return key.substring(key.indexOf('.') + 1);
        }
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

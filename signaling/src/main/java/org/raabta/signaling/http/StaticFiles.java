package org.raabta.signaling.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The pages and their assets out of the class path, precompressed; each is read once and kept. */
public final class StaticFiles {
    private static final Pattern ASSET = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.\\-\\[\\]:]{1,255}");
    private static final Pattern INLINE = Pattern.compile(
            "<(script|style)(?![^>]*\\ssrc\\s*=)[^>]*>(.*?)</\\1>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final String FALLBACK = "en";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("webp", "image/webp"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("opus", "audio/ogg"),
            Map.entry("webmanifest", "application/manifest+json"));

    private final String root;
    /** Only files that exist are kept, so this is as large as the jar's folder. */
    private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

    /** @param root folder on the class path, such as {@code web} */
    public StaticFiles(String root) {
        this.root = root;
    }

    /** A file as it is before any compression. */
    public Optional<byte[]> plain(String name) {
        return Optional.ofNullable(file(name)).map(StaticFile::plain);
    }

    /** From now on {@code plain} is served under this name; compressed here, and allowed what its own scripts need. */
    public void replace(String name, byte[] plain) {
        files.put(name, file(name, plain, Brotli.compressed(plain), gzip(plain)));
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new BestGzip(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    /** A page: the same bytes for everybody, checked again by its tag when it is a minute old. */
    public Response page(Request request, String name) {
        StaticFile file = file(name);
        if (file == null) {
            return Problem.NOT_FOUND.response("this server was built without its pages");
        }
        return answer(request, file)
                .with("Cache-Control", "public, max-age=60")
                .with("Content-Security-Policy", policy(file, request.header(HttpHeaderNames.HOST)))
                .with("Permissions-Policy", "camera=(self), microphone=(self), geolocation=()")
                .with("X-Frame-Options", "DENY");
    }

    /**
     * The page of the language that the link asks for ({@code ?l=ur}), else of the one that was written down, else of the first
     * one that the browser wants and we have, else the page without a language in its name, which is English.
     */
    public Response pageInLanguage(Request request, String name, Optional<String> written) {
        for (String code : WantedLanguages.of(request, written)) {
            String file = name + "." + code + ".html";
            if (code.equals(FALLBACK)) {
                break;
            }
            if (file(file) != null) {
                return page(request, file).with("Vary", "Accept-Encoding, Accept-Language");
            }
        }
        return page(request, name + ".html").with("Vary", "Accept-Encoding, Accept-Language");
    }

    /** The service worker: always asked for anew, for it is how a browser learns of a new page. */
    public Response worker(Request request) {
        StaticFile file = file("worker.js");
        if (file == null) {
            return Problem.NOT_FOUND.response("this server was built without its pages");
        }
        return answer(request, file)
                .with("Cache-Control", "no-cache")
                .with("Content-Security-Policy", "default-src 'none'; connect-src 'self'");
    }

    /** A file with a hash in its name: kept by the browser for a year. */
    public Optional<Response> asset(Request request, String name) {
        if (!ASSET.matcher(name).matches() || name.endsWith(".br") || name.endsWith(".gz")) {
            return Optional.empty();
        }
        return Optional.ofNullable(file("assets/" + name))
                .map(file -> answer(request, file).with("Cache-Control", "public, max-age=31536000, immutable"));
    }

    private static Response answer(Request request, StaticFile file) {
        String accepted = request.header(HttpHeaderNames.ACCEPT_ENCODING).orElse("");
        boolean brotli = file.brotli() != null && accepts(accepted, "br");
        boolean gzip = !brotli && file.gzip() != null && accepts(accepted, "gzip");
        String tag = "\"" + file.tag() + (brotli ? "b" : gzip ? "g" : "") + "\"";
        Response response;
        if (request.header(HttpHeaderNames.IF_NONE_MATCH)
                .filter(tags -> tags.contains(tag))
                .isPresent()) {
            response = Response.empty(304);
        } else {
            byte[] body = brotli ? file.brotli() : gzip ? file.gzip() : file.plain();
            response = new Response(200, file.type(), body == null ? file.plain() : body, Map.of());
            if (brotli || gzip) {
                response = response.with("Content-Encoding", brotli ? "br" : "gzip");
            }
        }
        return response.with("ETag", tag).with("Vary", "Accept-Encoding");
    }

    /** Whether {@code coding} is named without being refused (RFC 9110, section 12.5.3). */
    private static boolean accepts(String header, String coding) {
        for (String part : header.toLowerCase(Locale.ROOT).split(",", 32)) {
            String[] words = part.strip().split("\\s*;\\s*", 3);
            if (words[0].equals(coding)) {
                return words.length == 1 || !words[1].matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    /** Inline scripts and styles by their hashes; older browsers want the socket's scheme spelled out. */
    private static String policy(StaticFile file, Optional<String> host) {
        String sockets = host.filter(name -> HOST.matcher(name).matches())
                .map(name -> " ws://" + name + " wss://" + name)
                .orElse("");
        return "default-src 'none'; script-src 'self'" + file.scriptHashes() + "; style-src 'self'"
                + file.styleHashes() + "; img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self';"
                + " connect-src 'self'" + sockets + "; manifest-src 'self'; worker-src 'self' blob:;"
                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private @Nullable StaticFile file(String name) {
        StaticFile known = files.get(name);
        if (known != null) {
            return known;
        }
        byte[] plain = read(name);
        if (plain == null) {
            return null;
        }
        StaticFile file = file(name, plain, read(name + ".br"), read(name + ".gz"));
        files.put(name, file);
        return file;
    }

    private static StaticFile file(String name, byte[] plain, byte @Nullable [] brotli, byte @Nullable [] gzip) {
        String type = TYPES.getOrDefault(
                name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT), "application/octet-stream");
        boolean html = type.startsWith("text/html");
        return new StaticFile(
                type,
                plain,
                brotli,
                gzip,
                sha256(plain).substring(0, 16).replaceAll("[^A-Za-z0-9]", "x"),
                html ? hashes(plain, "script") : "",
                html ? hashes(plain, "style") : "");
    }

    private byte @Nullable [] read(String name) {
        try (InputStream in = StaticFiles.class.getClassLoader().getResourceAsStream(root + "/" + name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            return null;
        }
    }

    private static String hashes(byte[] html, String tag) {
        StringBuilder out = new StringBuilder();
        Matcher matcher = INLINE.matcher(new String(html, StandardCharsets.UTF_8));
        while (matcher.find()) {
            if (matcher.group(1).equalsIgnoreCase(tag)) {
                out.append(" 'sha256-")
                        .append(sha256(matcher.group(2).getBytes(StandardCharsets.UTF_8)))
                        .append('\'');
            }
        }
        return out.toString();
    }

    private static String sha256(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // identity is never asked of a file
    private record StaticFile(
            String type,
            byte[] plain,
            byte @Nullable [] brotli,
            byte @Nullable [] gzip,
            String tag,
            String scriptHashes,
            String styleHashes) {}
}

package org.raabta.signaling.api;

/** What a person sees who mistyped an address. */
final class NotFoundPage {
    static final String HTML = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Raabta</title>
            <style>body{font:18px/1.6 sans-serif;margin:15vh auto;max-width:32em;padding:0 1em}</style>
            <h1>This page does not exist</h1>
            <p>Please open the link from your message once more, all of it.</p>
            <p lang="ur" dir="rtl">یہ صفحہ موجود نہیں۔ اپنے پیغام میں دیا گیا پورا لنک دوبارہ کھولیں۔</p>
            </html>
            """;

    private NotFoundPage() {}
}

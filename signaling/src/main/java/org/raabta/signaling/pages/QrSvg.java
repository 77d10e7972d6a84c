package org.raabta.signaling.pages;

import io.nayuki.qrcodegen.QrCode;

/** A text as a QR code (ISO/IEC 18004) in SVG: sharp at every size, on paper too. */
final class QrSvg {
    /** Light modules around the code that a reader needs (section 6.3.8). */
    private static final int QUIET = 4;

    private QrSvg() {}

    /** Level M: 15 % of it may be creased or smeared. */
    static String of(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                int from = x;
                while (x < code.size && code.getModule(x, y)) {
                    x++;
                }
                if (x > from) {
                    path.append('M')
                            .append(from + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append('h')
                            .append(x - from)
                            .append("v1H")
                            .append(from + QUIET)
                            .append('z');
                }
            }
        }
        int side = code.size + 2 * QUIET;
        return "<svg viewBox=\"0 0 " + side + " " + side + "\" shape-rendering=\"crispEdges\" aria-hidden=\"true\">"
                + "<path fill=\"#fff\" d=\"M0 0h" + side + "v" + side + "H0z\"/><path d=\"" + path + "\"/></svg>";
    }
}

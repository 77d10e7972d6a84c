package org.raabta.adapter.profile;

/** A profile that cannot be used: which one, where, and what is wrong with it in plain words. */
public final class ProfileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String name;
    private final int line;
    private final String key;
    private final String problem;

    /** @param line counted from 1; 0 where no line is to blame, because something is missing */
    ProfileException(String name, int line, String key, String problem) {
        super("profile " + name + (line > 0 ? ", line " + line : "") + (key.isEmpty() ? "" : ", " + key) + ": "
                + problem);
        this.name = name;
        this.line = line;
        this.key = key;
        this.problem = problem;
    }

    public String name() {
        return name;
    }

    public int line() {
        return line;
    }

    public String key() {
        return key;
    }

    public String problem() {
        return problem;
    }
}

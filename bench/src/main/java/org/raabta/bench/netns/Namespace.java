package org.raabta.bench.netns;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * A network and process namespace of its own, held by a keeper process that waits on a pipe from this one. When the
 * pipe closes, by {@link #close} or because this process died in whatever way, the keeper ends; as it is the first
 * process of its process namespace, the kernel then kills every other one in it, and the network goes with the last.
 * Nothing here has a name that could be left behind.
 */
public final class Namespace implements AutoCloseable {
    private static final int CLOSE_SECONDS = 10;

    private final Process keeper;
    private final long keeperPid;

    private Namespace(Process keeper, long keeperPid) {
        this.keeper = keeper;
        this.keeperPid = keeperPid;
    }

    static Namespace open() throws IOException {
        Process keeper;
        try {
            keeper = new ProcessBuilder(List.of(
                            "unshare",
                            "--net",
                            "--pid",
                            "--fork",
                            "--kill-child",
                            "--mount-proc",
                            "--",
                            "sh",
                            "-c",
                            "echo up; read -r end"))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new LabUnavailable("the program unshare (package util-linux) is missing", e);
        }
        // The reader stays open with the process: closing it would close the pipe the keeper was told up through.
        BufferedReader says = keeper.inputReader(StandardCharsets.UTF_8);
        String line = says.readLine();
        if (!"up".equals(line)) {
            keeper.destroyForcibly();
            throw new LabUnavailable("no network namespace: " + line + ". " + whyNoNamespace());
        }
        long pid = keeper.children()
                .findFirst()
                .orElseThrow(() -> new LabUnavailable("the keeper of the namespace is gone"))
                .pid();
        return new Namespace(keeper, pid);
    }

    /** The first setting of this machine that forbids namespaces, by name. */
    private static String whyNoNamespace() {
        if (reads("/proc/sys/user/max_user_namespaces", "0")) {
            return "The sysctl user.max_user_namespaces is 0";
        }
        if (reads("/proc/sys/user/max_net_namespaces", "0")) {
            return "The sysctl user.max_net_namespaces is 0";
        }
        if (reads("/proc/sys/kernel/unprivileged_userns_clone", "0")) {
            return "The sysctl kernel.unprivileged_userns_clone is 0";
        }
        if (reads("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1")) {
            return "The sysctl kernel.apparmor_restrict_unprivileged_userns is 1";
        }
        if (!reads("/proc/self/status", "Seccomp:\t0")) {
            return "A seccomp rule is active on this process (in a container: --cap-add SYS_ADMIN,"
                    + " --security-opt seccomp=unconfined)";
        }
        return "It needs root (CAP_SYS_ADMIN) or unshare -Urnm around it, as the launcher does";
    }

    private static boolean reads(String file, String line) {
        try {
            return Files.readAllLines(Path.of(file)).contains(line);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Runs {@code task} on a thread of its own inside the network namespace. Sockets it opens belong to the namespace
     * for good, so it may return them.
     */
    public <T> T call(Callable<T> task) throws IOException {
        FutureTask<T> inside = new FutureTask<>(() -> {
            enter();
            return task.call();
        });
        Thread thread = new Thread(inside, "netns-" + keeperPid);
        thread.setDaemon(true);
        thread.start();
        try {
            return inside.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted inside a network namespace", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Moves the calling thread, which must end here, into the namespace. */
    private void enter() throws IOException {
        int fd = Linux.check(
                Linux.open("/proc/" + keeperPid + "/ns/net", Linux.O_RDONLY | Linux.O_CLOEXEC),
                "opening the network namespace");
        try {
            if (Linux.setns(fd, Linux.CLONE_NEWNET) < 0) {
                throw new LabUnavailable(
                        "setns into a network namespace failed (errno " + Linux.errno() + "). " + whyNoNamespace());
            }
        } finally {
            Linux.close(fd);
        }
    }

    /**
     * A process like {@code plan}, but inside: own network, own process ids. It ends with this namespace at the latest.
     * The plan's command is wrapped, so a plan serves once.
     */
    public Process start(ProcessBuilder plan) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "nsenter",
                "--target",
                Long.toString(keeperPid),
                "--net",
                "--pid",
                "--mount",
                "--wd=" + workDirectory(plan),
                "--"));
        command.addAll(plan.command());
        return plan.command(command).start();
    }

    private static Path workDirectory(ProcessBuilder plan) {
        return plan.directory() == null
                ? Path.of("").toAbsolutePath()
                : plan.directory().toPath().toAbsolutePath();
    }

    /** Ends a process that {@link #start} started, asking first: signals do not pass through {@code nsenter}. */
    public static void stop(Process process, long graceMs) {
        List<ProcessHandle> below = process.descendants().toList();
        below.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(graceMs, TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            keeper.getOutputStream().close();
            if (keeper.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // The keeper is gone already: that is what was wanted.
            keeper.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        keeper.destroyForcibly();
    }
}

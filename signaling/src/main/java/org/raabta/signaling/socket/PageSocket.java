package org.raabta.signaling.socket;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.LinkHint;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.Role;
import org.raabta.relay.control.SocketBytes;
import org.raabta.signaling.consult.CloseReason;
import org.raabta.signaling.consult.EndedBy;
import org.raabta.signaling.consult.Notice;
import org.raabta.signaling.consult.Room;
import org.raabta.signaling.consult.Rooms;
import org.raabta.signaling.consult.Seat;
import org.raabta.signaling.exchange.Exchange;
import org.raabta.signaling.http.Handler;
import org.raabta.signaling.link.Instance;
import org.raabta.signaling.metrics.Meters;
import org.raabta.signaling.transfer.BadFrameException;
import org.raabta.signaling.transfer.ChunkFrame;

/** One open control socket. Lives on its channel's loop; the room reaches it through {@link Seat}. */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that is gone has nobody to tell
public final class PageSocket extends SimpleChannelInboundHandler<WebSocketFrame> implements Seat {
    /** Carriers' NATs forget a silent connection after a minute or more; a ping costs 60 bytes on the wire. */
    static final long PING_AFTER_MS = 25_000;

    static final long DEAD_AFTER_MS = 60_000;

    private final Rooms rooms;
    private final Meters meters;
    private final long consult;
    private final Role role;
    private final Instance instance;
    private final LegId leg;
    private final SocketBudget budget = new SocketBudget();
    private final UplinkLoad uplinkLoad = new UplinkLoad();
    private @Nullable ChannelHandlerContext context;
    private @Nullable Room room;
    private @Nullable Future<?> pingTimer;
    private long heardAtNanos;
    private boolean closing;

    public PageSocket(Rooms rooms, Meters meters, long consult, Role role, Instance instance) {
        this.rooms = rooms;
        this.meters = meters;
        this.consult = consult;
        this.role = role;
        this.instance = instance;
        this.leg = instance.leg(role);
    }

    @Override
    public void send(Notice notice) {
        write(NoticeWriter.write(notice));
    }

    @Override
    public void frame(byte[] frame, Runnable written) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && ctx.channel().isActive()) {
            ctx.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(frame)))
                    .addListener(done -> {
                        if (done.isSuccess()) {
                            written.run();
                        }
                    });
        }
    }

    @Override
    public void close(CloseReason reason) {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            ctx.executor().execute(() -> closeNow(ctx, reason));
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Handler.SocketMoved moved) {
            // Before the room has answered there is no call that it could be counted in.
            if (room != null) {
                SocketBytes bytes = new SocketBytes(moved.up(), moved.down(), moved.heard());
                room.submit(inside -> {
                    if (inside.seated(leg, this)) {
                        inside.moved(leg, bytes);
                    }
                });
            }
            return;
        }
        if (event != Handler.SocketOpened.OPENED) {
            ctx.fireUserEventTriggered(event);
            return;
        }
        meters.add(Meters.Gauge.SOCKETS, 1);
        ctx.channel().closeFuture().addListener(closed -> meters.add(Meters.Gauge.SOCKETS, -1));
        heardAtNanos = ctx.executor().ticker().nanoTime();
        armPing(ctx);
        rooms.with(consult, found -> {
                    found.openPage(this, instance, role);
                    return found;
                })
                .whenCompleteAsync(
                        (found, failure) -> {
                            if (failure != null || found.isEmpty()) {
                                ctx.close();
                            } else {
                                entered(ctx, found.get());
                            }
                        },
                        ctx.executor());
    }

    private void entered(ChannelHandlerContext ctx, Room found) {
        room = found;
        if (!ctx.channel().isActive()) {
            found.submit(inside -> inside.pageLost(leg, this));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (pingTimer != null) {
            pingTimer.cancel(false);
        }
        if (room != null) {
            room.submit(inside -> inside.pageLost(leg, this));
        }
        ctx.fireChannelInactive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        heardAtNanos = ctx.executor().ticker().nanoTime();
        if (closing) {
            return;
        }
        if (frame instanceof TextWebSocketFrame text) {
            onText(ctx, text.text());
        } else if (frame instanceof PingWebSocketFrame ping) {
            ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        } else if (frame instanceof CloseWebSocketFrame close) {
            closing = true;
            ctx.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
        } else if (!(frame instanceof PongWebSocketFrame)) {
            onBinary(ctx, ByteBufUtil.getBytes(frame.content()));
        }
    }

    private void onBinary(ChannelHandlerContext ctx, byte[] bytes) {
        if (!budget.frame(heardAtNanos)) {
            refuse(ctx, "too-many", "at most " + SocketBudget.FRAMES_PER_SECOND + " binary frames a second", "");
            return;
        }
        ChunkFrame frame;
        try {
            frame = ChunkFrame.parse(bytes);
        } catch (BadFrameException e) {
            refuse(ctx, "bad-message", String.valueOf(e.getMessage()), "");
            return;
        }
        // Before the room has answered no transfer of this socket can have begun.
        if (room != null) {
            room.submit(inside -> {
                if (inside.seated(leg, this)) {
                    inside.exchange().frame(leg, frame);
                }
            });
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // The peer's doing: broken frames, resets. Frames over the limit end in 1009 where they can still be answered.
        meters.count(Meters.Counter.SOCKET_ERRORS);
        if (cause instanceof CorruptedWebSocketFrameException || cause instanceof CorruptedFrameException) {
            ctx.close();
        } else if (cause instanceof DecompressionException
                || cause.getCause() instanceof DecompressionException
                || cause instanceof io.netty.handler.codec.TooLongFrameException) {
            closeNow(ctx, CloseReason.TOO_BIG);
        } else {
            ctx.close();
        }
    }

    private void onText(ChannelHandlerContext ctx, String text) {
        if (!budget.message(heardAtNanos)) {
            refuse(ctx, "too-many", "at most " + SocketBudget.MESSAGES_PER_SECOND + " messages a second", "");
            return;
        }
        PageMessage message;
        try {
            message = PageMessageParser.parse(text);
        } catch (BadMessageException e) {
            refuse(ctx, "bad-message", String.valueOf(e.getMessage()), e.re());
            return;
        }
        if (message instanceof PageMessage.Join join) {
            join.hint().ifPresent(hint -> uplinkLoad.downlink(hint.downKbps()));
        }
        if (message instanceof PageMessage.Load load) {
            uplinkLoad.came(load.bytes(), heardAtNanos).ifPresent(this::hint);
            return;
        }
        if (room == null) {
            // A page may speak before the room has answered: its message waits behind the opening on the room's loop.
            var unused = rooms.with(consult, found -> {
                inRoom(ctx, found, message);
                return true;
            });
        } else {
            room.submit(inside -> inRoom(ctx, inside, message));
        }
    }

    /** What the uplink carries; it follows {@code join}, so the room is there. */
    private void hint(LinkHint hint) {
        if (room != null) {
            room.submit(inside -> {
                if (inside.seated(leg, this)) {
                    inside.hint(leg, hint);
                }
            });
        }
    }

    /** On the room's loop. */
    private void inRoom(ChannelHandlerContext ctx, Room inside, PageMessage message) {
        if (!inside.seated(leg, this)) {
            return;
        }
        if (message instanceof PageMessage.Beside beside) {
            besides(ctx, inside.exchange(), beside);
        } else if (message instanceof PageMessage.Offer offer) {
            inside.offer(leg, offer.generation(), offer.transport(), offer.media());
        } else if (message instanceof PageMessage.Join && inside.early(role)) {
            later(ctx, () -> refuse(ctx, "wrong-state", "join: the link is not open yet", "join"));
        } else if (message instanceof PageMessage.Join join) {
            join.consent().ifPresent(given -> inside.consented(role, given));
            inside.join(leg, role, join.camera(), join.voiceOnly(), join.hint());
        } else if (message instanceof PageMessage.Media media) {
            inside.media(leg, media.camera(), media.voiceOnly(), media.thrift());
        } else if (message instanceof PageMessage.Stats stats) {
            inside.report(leg, stats.report());
        } else if (message instanceof PageMessage.Brake brake) {
            inside.brake(leg, brake.why());
        } else if (message instanceof PageMessage.Ring) {
            inside.calling().ring(role);
        } else if (message instanceof PageMessage.Named named && role == Role.PATIENT) {
            inside.calling().named(named.right());
        } else if (message instanceof PageMessage.Ceiling ceiling) {
            inside.data().ceiling(leg, ceiling.megabytes());
        } else if (message instanceof PageMessage.Leave) {
            inside.leave(leg, role);
        } else if (message instanceof PageMessage.Admit) {
            asDoctor(ctx, "admit", () -> {
                if (inside.admit(role.label()).isEmpty()) {
                    later(ctx, () -> refuse(ctx, "wrong-state", "admit: nobody waits", "admit"));
                }
            });
        } else if (message instanceof PageMessage.Pin pin) {
            asDoctor(ctx, "pin", () -> inside.pin(pin.from(), pin.rung()));
        } else if (message instanceof PageMessage.End) {
            // The room's notice tells the page; whether it is on record matters to the HTTP call only.
            asDoctor(ctx, "end", () -> {
                var unused = inside.end(EndedBy.DOCTOR);
            });
        }
    }

    /** On the room's loop. */
    private void besides(ChannelHandlerContext ctx, Exchange exchange, PageMessage.Beside message) {
        if (message instanceof PageMessage.Put put) {
            exchange.put(leg, put.number(), put.offer());
        } else if (message instanceof PageMessage.Cancel cancel) {
            exchange.cancel(role.label(), cancel.id());
        } else if (message instanceof PageMessage.Get get) {
            exchange.get(leg, get.id(), get.offset());
        } else if (message instanceof PageMessage.Drop drop) {
            exchange.drop(leg, drop.id());
        } else if (message instanceof PageMessage.Reached reached) {
            exchange.reached(Optional.of(leg), role.label(), reached.id(), reached.version(), reached.seen());
        } else if (message instanceof PageMessage.Message text) {
            exchange.message(Optional.of(leg), role.label(), text.id(), text.text());
        } else if (message instanceof PageMessage.TimeLineFrom from) {
            exchange.asked(leg, from.version());
        } else if (message instanceof PageMessage.Floor floor) {
            exchange.floor(leg, floor.wanted());
        } else if (message instanceof PageMessage.PhotoRequest request) {
            asDoctor(
                    ctx,
                    "photo-request",
                    () -> exchange.photoRequest(Optional.of(leg), role.label(), request.id(), request.view()));
        }
    }

    private void asDoctor(ChannelHandlerContext ctx, String re, Runnable action) {
        if (role == Role.DOCTOR) {
            action.run();
        } else {
            later(ctx, () -> refuse(ctx, "wrong-role", re + ": only a doctor may", re));
        }
    }

    private static void later(ChannelHandlerContext ctx, Runnable action) {
        ctx.executor().execute(action);
    }

    private void refuse(ChannelHandlerContext ctx, String type, String detail, String re) {
        meters.count(Meters.Counter.SOCKET_ERRORS);
        write(NoticeWriter.error(type, detail, re));
        if (!budget.error(heardAtNanos)) {
            closeNow(ctx, CloseReason.TOO_MANY_ERRORS);
        }
    }

    private void write(String json) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && ctx.channel().isActive()) {
            ctx.writeAndFlush(new TextWebSocketFrame(json));
        }
    }

    private void closeNow(ChannelHandlerContext ctx, CloseReason reason) {
        if (!closing && ctx.channel().isActive()) {
            closing = true;
            ctx.writeAndFlush(new CloseWebSocketFrame(reason.status(), "")).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void armPing(ChannelHandlerContext ctx) {
        pingTimer = ctx.executor().schedule(() -> checkAlive(ctx), PING_AFTER_MS, TimeUnit.MILLISECONDS);
    }

    private void checkAlive(ChannelHandlerContext ctx) {
        long silentMs = TimeUnit.NANOSECONDS.toMillis(ctx.executor().ticker().nanoTime() - heardAtNanos);
        long nextMs;
        if (silentMs >= DEAD_AFTER_MS) {
            ctx.close();
            return;
        } else if (silentMs >= PING_AFTER_MS) {
            ctx.writeAndFlush(new PingWebSocketFrame());
            nextMs = Math.min(PING_AFTER_MS, DEAD_AFTER_MS - silentMs);
        } else {
            nextMs = PING_AFTER_MS - silentMs;
        }
        pingTimer = ctx.executor().schedule(() -> checkAlive(ctx), Math.max(1, nextMs), TimeUnit.MILLISECONDS);
    }
}

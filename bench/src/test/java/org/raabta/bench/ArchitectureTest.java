package org.raabta.bench;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** The walls between the modules and inside media-relay, over the production classes of every module. */
@AnalyzeClasses(packages = "org.raabta", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ADAPTER = "org.raabta.adapter..";
    private static final String RELAY = "org.raabta.relay..";
    private static final String SIGNALING = "org.raabta.signaling..";
    private static final String BENCH = "org.raabta.bench..";
    private static final String RTP = "org.raabta.relay.rtp..";
    private static final String CALL = "org.raabta.relay.call..";
    private static final String EMULATOR = "org.raabta.bench.emulator..";
    private static final String SIMULATED = "org.raabta.bench.sim.model..";
    private static final String CONTROL = "org.raabta.relay.control..";

    /** Annotations that no byte of the running program depends on. */
    private static final String NULLNESS = "org.jspecify.annotations";

    @ArchTest
    static final ArchRule adapterKnowsNothingButTheJdk = classes()
            .that()
            .resideInAPackage(ADAPTER)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    ADAPTER,
                    "java.lang..",
                    "java.util",
                    "java.util.function",
                    "java.util.regex",
                    "java.util.stream",
                    "java.time",
                    NULLNESS));

    @ArchTest
    static final ArchRule relayKnowsNoSignalingHttpOrStorage = noClasses()
            .that()
            .resideInAPackage(RELAY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    SIGNALING,
                    BENCH,
                    "io.netty.handler.codec.http..",
                    "com.fasterxml..",
                    "com.typesafe..",
                    "org.jdbi..",
                    "java.sql..",
                    "java.net.http..");

    @ArchTest
    static final ArchRule theCoreHasNoSocketsThreadsOrClocks = noClasses()
            .that()
            .resideInAnyPackage(RTP, CALL, ADAPTER, EMULATOR, SIMULATED)
            .and()
            // The one count that all calls share.
            .doNotHaveFullyQualifiedName("org.raabta.relay.call.TranscoderPool")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.netty.channel..",
                    "io.netty.util.concurrent..",
                    "java.net..",
                    "java.nio.channels..",
                    "java.io..",
                    "java.util.concurrent..",
                    "java.util.logging..",
                    "org.slf4j..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule theCoreDrawsNoRandomNumbersOfItsOwn = noClasses()
            .that()
            .resideInAnyPackage(RTP, CALL, ADAPTER, EMULATOR, SIMULATED)
            .should()
            .callConstructor(Random.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocalRandom.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.security.SecureRandom")
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule viewsStandAlone = classes()
            .that()
            .resideInAPackage(RTP)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(RTP, "java..", "io.netty.buffer", NULLNESS));

    @ArchTest
    static final ArchRule theCallKnowsNoTransport = noClasses()
            .that()
            .resideInAPackage(CALL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.raabta.relay.net..",
                    "org.raabta.relay.ice..",
                    "org.raabta.relay.secure..",
                    "org.raabta.relay");

    @ArchTest
    static final ArchRule whatSignalingSaysToARelayIsPlainValues = classes()
            .that()
            .resideInAPackage(CONTROL)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(CONTROL, ADAPTER, "java..", NULLNESS));

    @ArchTest
    static final ArchRule onlyIceKnowsTheStunLibrary = noClasses()
            .that()
            .resideOutsideOfPackage("org.raabta.relay.ice..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.ice4j..");

    @ArchTest
    static final ArchRule onlySecureKnowsTheCryptoLibrariesOfTheRelay = noClasses()
            .that()
            .resideInAPackage(RELAY)
            .and()
            .resideOutsideOfPackage("org.raabta.relay.secure..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bouncycastle..", "org.jitsi..");

    @ArchTest
    static final ArchRule signalingUsesTheFrontDoorsOfTheRelay = noClasses()
            .that()
            .resideInAPackage(SIGNALING)
            .should()
            .dependOnClassesThat(resideInAPackage(RELAY).and(not(resideInAnyPackage("org.raabta.relay", CONTROL))));

    @ArchTest
    static final ArchRule nothingImportsTheBench = noClasses()
            .that()
            .resideOutsideOfPackage(BENCH)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BENCH);

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("org.raabta.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noPackageIsCalledUtil = noClasses().should().resideInAnyPackage("..util..", "..utils..");

    @ArchTest
    static final ArchRule noClassIsCalledImpl = noClasses().should().haveSimpleNameEndingWith("Impl");

    @ArchTest
    static final ArchRule noStaticStateChanges =
            noFields().that().haveModifier(JavaModifier.STATIC).should().notBeFinal();
}

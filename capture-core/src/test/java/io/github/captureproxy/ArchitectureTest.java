package io.github.captureproxy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.RandomAccessFile;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLConnection;

/** The rules of who may use what. A package that has no class yet passes. */
@AnalyzeClasses(packages = "io.github.captureproxy", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.github.captureproxy";
    private static final String INTERNAL = ROOT + ".internal";
    private static final String HTTP_CORE = "org.apache.hc..";
    private static final String BOUNCY_CASTLE = "org.bouncycastle..";

    /** The packages that move bytes; {@code io} is the thin layer over the reactor. */
    private static final String[] ENGINE = {
        INTERNAL + ".io..", INTERNAL + ".server..", INTERNAL + ".forward..", INTERNAL + ".tunnel.."
    };

    /** Undoes codings and reads forms: what the values in public packages need to show a body. */
    private static final String CODING = INTERNAL + ".coding..";

    /** Reads address literals and networks: what rules about hosts in public packages are made of. */
    private static final String ADDRESS = INTERNAL + ".address..";

    /** Reads JSON texts: what filters of public packages look into. */
    private static final String JSON = INTERNAL + ".json..";

    /** Compresses fields: bytes in, bytes out. */
    private static final String HPACK = INTERNAL + ".hpack..";

    private static final String[] PURE = {INTERNAL + ".wire..", INTERNAL + ".record..", CODING, JSON, HPACK};

    @ArchTest
    static final ArchRule publicPackagesNameNoTypeOfTheEngineOrOfTheCertificateLibrary = noClasses()
            .that(resideOutsideOfPackages(INTERNAL + ".."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(HTTP_CORE, BOUNCY_CASTLE))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTheRootPackageReachesInternalOnesOtherThanValueCode = noClasses()
            .that(resideOutsideOfPackages(ROOT, INTERNAL + ".."))
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage(INTERNAL + "..").and(resideOutsideOfPackages(CODING, ADDRESS, JSON)))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTheEngineUsesHttpCore = noClasses()
            .that(resideOutsideOfPackages(ENGINE))
            .should()
            .dependOnClassesThat(resideInAnyPackage(HTTP_CORE))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingHereUsesTheCertificateLibrary = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(BOUNCY_CASTLE))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule pureCodeKnowsNothingOfTheEngine = noClasses()
            .that(resideInAnyPackage(PURE))
            .should()
            .dependOnClassesThat(resideInAnyPackage(ENGINE))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule pureCodeTouchesNoSocketAndNoFile = noClasses()
            .that(resideInAnyPackage(PURE))
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.nio.channels..", "java.nio.file..", "java.net.http..")
                    .or(socketsAndFiles()))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule pureCodeResolvesNoName = noClasses()
            .that(resideInAnyPackage(PURE))
            .should()
            .callMethod(InetAddress.class, "getByName", String.class)
            .orShould()
            .callMethod(InetAddress.class, "getAllByName", String.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule hpackStandsAlone = noClasses()
            .that(resideInAnyPackage(HPACK))
            .should()
            .dependOnClassesThat(resideOutsideOfPackages(
                            HPACK, "java.lang..", "java.util..", "java.nio", "java.nio.charset", "org.jspecify..")
                    .and(not(primitiveArrays())));

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().assignedFrom(onePerPackage()).should().beFreeOfCycles().allowEmptyShould(true);

    private static DescribedPredicate<JavaClass> socketsAndFiles() {
        return belongToAnyOf(Socket.class, ServerSocket.class, DatagramSocket.class, URL.class, URLConnection.class)
                .or(belongToAnyOf(File.class, FileDescriptor.class, RandomAccessFile.class))
                .or(assignableTo(FileInputStream.class))
                .or(assignableTo(FileOutputStream.class))
                .or(assignableTo(Reader.class).and(not(belongToAnyOf(StringReader.class))))
                .or(assignableTo(Writer.class).and(not(belongToAnyOf(StringWriter.class))));
    }

    private static DescribedPredicate<JavaClass> primitiveArrays() {
        return DescribedPredicate.describe(
                "primitives and their arrays",
                type -> type.getBaseComponentType().isPrimitive());
    }

    /** Unlike a pattern such as {@code captureproxy.(**)}, this also sees the root package. */
    private static SliceAssignment onePerPackage() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                return SliceIdentifier.of(javaClass.getPackageName());
            }

            @Override
            public String getDescription() {
                return "one slice per package";
            }
        };
    }
}

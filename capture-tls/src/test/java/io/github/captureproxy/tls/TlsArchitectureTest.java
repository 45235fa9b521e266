package io.github.captureproxy.tls;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;

/** The rules of who may use what in this module. */
@AnalyzeClasses(packages = "io.github.captureproxy.tls", importOptions = DoNotIncludeTests.class)
class TlsArchitectureTest {
    private static final String ROOT = "io.github.captureproxy.tls";
    private static final String BOUNCY_CASTLE = "org.bouncycastle..";

    @ArchTest
    static final ArchRule onlyIssuingUsesTheCertificateLibrary = noClasses()
            .that(resideOutsideOfPackages(ROOT + ".internal.issuing.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(BOUNCY_CASTLE));

    @ArchTest
    static final ArchRule nothingInstallsASecurityProvider = noClasses()
            .should()
            .callMethod(Security.class, "addProvider", Provider.class)
            .orShould()
            .callMethod(Security.class, "insertProviderAt", Provider.class, int.class)
            .orShould()
            .dependOnClassesThat(resideInAnyPackage("org.bouncycastle.jce.provider.."));

    @ArchTest
    static final ArchRule noPublicMethodHandsOutAPrivateKey = noMethods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(resideOutsideOfPackages(ROOT + ".internal.."))
            .should()
            .haveRawReturnType(PrivateKey.class);

    @ArchTest
    static final ArchRule internalPackagesKnowNothingOfTheFacade = noClasses()
            .that(resideInAnyPackage(ROOT + ".internal.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(ROOT));

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().assignedFrom(onePerPackage()).should().beFreeOfCycles();

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

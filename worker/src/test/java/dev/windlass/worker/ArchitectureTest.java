package dev.windlass.worker;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import dev.windlass.workflows.kernel.PayloadEncryption;
import dev.windlass.workflows.kernel.PayloadKeys;
import io.temporal.activity.ActivityInterface;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The law of CONTRIBUTING.md. It changes only together with a page in docs/decisions. */
class ArchitectureTest {
    private static JavaClasses product;

    @BeforeAll
    static void readClasses() {
        ImportOption noTestJars = (Location location) -> !location.contains("-tests.jar");
        product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(noTestJars)
                .importPackages("dev.windlass");
    }

    @Test
    void arrowsPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("workflows")
                .definedBy("dev.windlass.workflows..")
                .layer("runbooks")
                .definedBy("dev.windlass.runbooks..")
                .layer("activities")
                .definedBy("dev.windlass.activities..")
                .layer("worker")
                .definedBy("dev.windlass.worker..")
                .layer("starter")
                .definedBy("dev.windlass.starter..")
                .whereLayer("workflows")
                .mayNotAccessAnyLayer()
                .whereLayer("runbooks")
                .mayOnlyAccessLayers("workflows")
                .whereLayer("activities")
                .mayOnlyAccessLayers("workflows", "runbooks")
                .whereLayer("starter")
                .mayOnlyAccessLayers("workflows", "runbooks")
                .whereLayer("worker")
                .mayOnlyAccessLayers("workflows", "runbooks", "activities")
                .check(product);
    }

    @Test
    void workflowsSeeNoWorld() {
        noClasses()
                .that(resideInAPackage("dev.windlass.workflows.."))
                .and(areNot(PayloadEncryption.class, PayloadKeys.class))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.net..",
                                "java.nio.file..",
                                "java.util.concurrent..",
                                "org.springframework..",
                                "software.amazon..",
                                "org.apache.commons.exec..")
                        .or(resideInAPackage("java.io..").and(areNot(java.io.Serializable.class)))
                        .or(are(
                                Thread.class,
                                Process.class,
                                ProcessBuilder.class,
                                java.util.Random.class,
                                java.security.SecureRandom.class,
                                java.time.Clock.class)))
                .because("a replay must find the same answers")
                .check(product);
    }

    @Test
    void workflowsAskNoClockAndNoDice() {
        classes()
                .that(resideInAPackage("dev.windlass.workflows.."))
                .should(com.tngtech.archunit.lang.conditions.ArchConditions.never(callMethodWhere(
                        describe("ask the clock, chance or the environment", ArchitectureTest::isNotReplayable))))
                .check(product);
    }

    @Test
    void workflowImplementationsDependOnNoHashOrder() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("WorkflowImpl")
                .should()
                .dependOnClassesThat(are(java.util.HashMap.class, java.util.HashSet.class))
                .check(product);
    }

    @Test
    void namesSayWhatAThingIs() {
        Pattern empty = Pattern.compile("(Abstract|Base)[A-Z].*|.*(Manager|Helper|Utils?|Processor|Info|Data)");
        assertThat(product.stream()
                        .map(JavaClass::getSimpleName)
                        .filter(name -> empty.matcher(name).matches()))
                .isEmpty();
    }

    @Test
    void packagesAreFeatures() {
        noClasses()
                .should()
                .resideInAnyPackage("..model..", "..dto..", "..common..", "..util..", "..utils..", "..impl..")
                .check(product);
    }

    @Test
    void nullDoesNotExist() {
        assertThat(product.stream()
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(each -> !each.isAnnotatedWith(NullMarked.class)))
                .isEmpty();
    }

    @Test
    void whoPlansChangesNothing() {
        List<Class<?>> planners = product.stream()
                .filter(type -> !type.isInterface())
                .<Class<?>>map(JavaClass::reflect)
                .filter(type -> RunbookActivities.contractsOf(type)
                        .anyMatch(contract -> contract.getSimpleName().endsWith("PlanningActivities")))
                .toList();
        assertThat(planners)
                .allSatisfy(planner ->
                        assertThat(RunbookActivities.contractsOf(planner)).hasSize(1));
    }

    @Test
    void everyWorkflowIsRegistered() {
        Set<String> registered = Stream.of(RunbookRegistration.RUNS, RunbookRegistration.PLANS, RunbookRegistration.LED)
                .flatMap(List::stream)
                .map(Class::getName)
                .collect(java.util.stream.Collectors.toSet());
        assertThat(product.stream().map(JavaClass::getName).filter(name -> name.endsWith("WorkflowImpl")))
                .containsExactlyInAnyOrderElementsOf(registered);
    }

    @Test
    void everyContractOfActivitiesIsNamedSo() {
        classes()
                .that()
                .areAnnotatedWith(ActivityInterface.class)
                .should()
                .haveSimpleNameEndingWith("Activities")
                .check(product);
    }

    @Test
    void nothingIsHandedToAShell() throws IOException {
        Pattern shell = Pattern.compile("\"(/bin/|/usr/bin/)?(sh|bash|dash)\"");
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            assertThat(files.filter(file -> file.toString().matches("\\.\\./[a-z]+/src/main/java/.*\\.java"))
                            .filter(file -> shell.matcher(read(file)).find()))
                    .isEmpty();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static boolean isNotReplayable(JavaMethodCall call) {
        String owner = call.getTargetOwner().getName();
        String method = call.getName();
        return switch (owner) {
            case "java.lang.System" ->
                Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty").contains(method);
            case "java.lang.Math" -> method.equals("random");
            case "java.util.UUID" -> method.equals("randomUUID");
            default -> owner.startsWith("java.time.") && method.equals("now");
        };
    }

    private static DescribedPredicate<JavaClass> are(Class<?>... types) {
        List<String> names = Stream.of(types).map(Class::getName).toList();
        return describe("are one of " + names, type -> names.contains(type.getName()));
    }

    private static DescribedPredicate<JavaClass> areNot(Class<?>... types) {
        return DescribedPredicate.not(are(types));
    }
}

package org.lesionforge.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.cli.Planted;
import org.lesionforge.torch.Compute;

/** Holds the floor plan of {@code docs/design.md} against the classes that were built. */
final class ArchitectureTest {
    private static final Path PLAN = Path.of("../docs/design.md");

    /** All that is shipped: what Maven calls test classes, in a folder or in a jar, is not. */
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.lesionforge");

    @Test
    void noArrowThatThePlanDoesNotHave() throws IOException {
        // Something was found at all, in every module.
        assertTrue(CLASSES.contain("org.lesionforge.io.Seed")
                && CLASSES.contain("org.lesionforge.monitor.Monitor")
                && CLASSES.contain("org.lesionforge.torch.Torch")
                && CLASSES.contain("org.lesionforge.cli.Main"));
        assertEquals(List.of(), FloorPlan.read(PLAN).forbidden(CLASSES));
    }

    @Test
    void noRowForAnArrowThatIsGone() throws IOException {
        FloorPlan plan = FloorPlan.read(PLAN);
        Map<String, Set<String>> found = new TreeMap<>();
        plan.uses().keySet().forEach(room -> found.put(room, new TreeSet<>()));
        plan.arrows(CLASSES).forEach(arrow -> found.get(arrow.fromRoom()).add(arrow.toRoom()));
        Map<String, Set<String>> planned = new TreeMap<>(plan.uses());
        // The program may use every room; it need not.
        planned.remove("cli");
        found.remove("cli");
        assertEquals(planned, found);
    }

    @Test
    void noImportThatThePlanDoesNotHave() throws IOException {
        FloorPlan plan = FloorPlan.read(PLAN);
        List<String> forbidden = new ArrayList<>();
        int read = 0;
        for (String sources : List.of(
                "../core/src/main/java", "../monitor/src/main/java", "../nets/src/main/java", "src/main/java")) {
            try (Stream<Path> files = Files.walk(Path.of(sources))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    read++;
                    forbidden.addAll(plan.forbiddenImports(Files.readString(file)));
                }
            }
        }
        assertTrue(read > 500, read + " sources");
        assertEquals(List.of(), forbidden);
        assertEquals(
                List.of("io: import org.lesionforge.report.page.Report;"),
                plan.forbiddenImports("package org.lesionforge.io;\n\nimport org.lesionforge.report.page.Report;\n"));
    }

    /** A class of a low room that names one of a high room is found. */
    @Test
    void plantedArrow() throws IOException {
        JavaClasses planted = new ClassFileImporter().importClasses(Planted.class);
        FloorPlan upsideDown = new FloorPlan(Map.of("cli", Set.of(), "report", Set.of()));
        List<FloorPlan.Arrow> found = upsideDown.forbidden(planted);
        assertEquals(
                List.of("cli -> report: org.lesionforge.cli.Planted uses org.lesionforge.report.page.Report"),
                found.stream().map(FloorPlan.Arrow::toString).toList());
    }

    /** A {@code Compute} is made by a command and handed down; {@code TrialLoad} is a command of its own, in a process of its own. */
    @Test
    void nothingLooksForADeviceByItself() {
        assertTrue(CLASSES.contain("org.lesionforge.torch.Compute"));
        assertEquals(List.of("org.lesionforge.doctor.TrialLoad: Compute.best"), lookingForADevice(CLASSES));
        assertEquals(
                List.of(
                        Looking.class.getName() + ": Compute.best",
                        Looking.class.getName() + ": Compute.cpu",
                        Looking.class.getName() + ": Device.<init>"),
                lookingForADevice(new ClassFileImporter().importClasses(Looking.class)));
    }

    static final class Looking {
        final Device device = new Device("cpu");
        final Supplier<Compute> later = Compute::best;
        final Compute now = Compute.cpu();
    }

    /** Whatever makes a device or a {@code Compute} outside the rooms that may. */
    private static List<String> lookingForADevice(JavaClasses classes) {
        Set<String> factories = Set.of("<init>", "best", "cpu");
        Set<String> found = new TreeSet<>();
        for (JavaClass each : classes) {
            if (each.getPackageName().matches("org\\.lesionforge\\.(torch|cli)(\\..*)?")) {
                continue;
            }
            for (JavaAccess<?> access : each.getAccessesFromSelf()) {
                JavaClass owner = access.getTargetOwner();
                boolean makes = owner.isEquivalentTo(Compute.class) || owner.isEquivalentTo(Device.class);
                if (makes && factories.contains(access.getTarget().getName())) {
                    found.add(each.getName() + ": " + owner.getSimpleName() + "."
                            + access.getTarget().getName());
                }
            }
        }
        return List.copyOf(found);
    }

    @Test
    void planWithAnArrowUp(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("design.md");
        Files.writeString(page, "| room | uses |\n|---|---|\n| `io` | report |\n| `report` | io |\n\n");
        String message = assertThrows(IllegalArgumentException.class, () -> FloorPlan.read(page))
                .getMessage();
        assertTrue(message.contains("io use report"), message);
    }
}

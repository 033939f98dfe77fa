package org.lesionforge.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lesionforge.data.ClassNames;
import org.lesionforge.data.MissingValue;
import org.lesionforge.data.Part;
import org.lesionforge.io.FileNames;
import org.lesionforge.io.FileTree;
import org.lesionforge.io.UnusableInputException;

/**
 * The layout of a source's folders: parts with class folders in them, or class folders. A mixture is refused rather
 * than guessed.
 *
 * @param parts the folders that are parts; empty where there are none
 * @param classes the folders that are classes; empty where there are parts
 */
record FolderLayout(Map<Path, Part> parts, List<Path> classes) {
    private static final Set<String> UNLABELLED = Set.of("unlabelled", "unlabeled");

    /**
     * @param choice folders named in it are classes
     * @throws UnusableInputException when it is neither; the message says what to do
     */
    static FolderLayout of(Path source, PartNames names, ClassChoice choice) {
        List<Path> top = FileTree.folders(source);
        if (top.isEmpty()) {
            throw new UnusableInputException(
                    source + " has no class folders; put the images of each class into a folder "
                            + "of its own (" + source.resolve("benign") + ", " + source.resolve("malignant")
                            + "), or give their labels with --labels FILE.csv");
        }
        Map<Path, Part> parts = new LinkedHashMap<>();
        for (Path folder : top) {
            names.part(FileNames.name(folder))
                    .filter(part -> !FileTree.folders(folder).isEmpty() && !choice.names(FileNames.name(folder)))
                    .ifPresent(part -> parts.put(folder, part));
        }
        List<Path> others =
                top.stream().filter(folder -> !parts.containsKey(folder)).toList();
        if (parts.isEmpty()) {
            requireClasses(source, others, others, names, choice);
            return new FolderLayout(Map.of(), others);
        }
        if (!others.isEmpty()) {
            throw beside(source, parts, others);
        }
        List<Path> all = parts.keySet().stream()
                .flatMap(part -> FileTree.folders(part).stream())
                .toList();
        parts.keySet().forEach(part -> requireClasses(part, FileTree.folders(part), all, names, choice));
        return new FolderLayout(parts, List.of());
    }

    private static UnusableInputException beside(Path source, Map<Path, Part> parts, List<Path> others) {
        Path first = others.get(0);
        String instead = FileTree.folders(first).isEmpty()
                ? "it has no class folders, so its images have no labels: move it out of " + source
                        + ", or put its images into class folders"
                : "move it out of " + source + ", or say which part it is with --part-map " + FileNames.name(first)
                        + "=" + (parts.containsValue(Part.TEST) ? Part.TRAIN : Part.TEST).word();
        return new UnusableInputException("in " + source + " the folders " + listed(parts.keySet())
                + " are parts with class folders in them, and beside them is " + listed(others)
                + ", which is not such a part; "
                + instead);
    }

    /**
     * @param parent the source, or a part
     * @param all the class folders of all parts
     */
    private static void requireClasses(
            Path parent, List<Path> classes, List<Path> all, PartNames names, ClassChoice choice) {
        if (keys(all).size() == 1 && !choice.names(FileNames.name(classes.get(0)))) {
            boolean inPart =
                    !classes.equals(all) || names.part(FileNames.name(parent)).isPresent();
            refuseOuter(parent, classes.get(0), inPart, names);
        }
        for (Path folder : classes) {
            // Where classes are named, other folders are left out.
            if (choice.isEmpty()) {
                refusePart(folder, names);
                refuseNoLabel(folder, all);
                refuseSeveral(folder, keys(classes));
            }
            if (choice.isEmpty() || choice.names(FileNames.name(folder))) {
                refuseInnerParts(folder, classes, names, choice);
            }
        }
        if (choice.isEmpty()) {
            refuseSameInside(classes, names);
        }
    }

    /** Refuses a single folder that may be an archive's top folder. */
    private static void refuseOuter(Path parent, Path only, boolean inPart, PartNames names) {
        Path inner = only;
        List<Path> inside = FileTree.folders(inner);
        if (inside.isEmpty()) {
            return;
        }
        while (inside.size() == 1 && !FileTree.folders(inside.get(0)).isEmpty()) {
            inner = inside.get(0);
            inside = FileTree.folders(inner);
        }
        throw new UnusableInputException(
                parent + " holds the one folder '" + FileNames.name(only) + "' with the folders "
                        + listed(inside) + " in it: is it a folder around everything, or a class? In the first case "
                        + (inPart
                                ? "move " + listed(inside) + " into " + parent + ", and so in the other parts"
                                : "give the inner folder (" + inner + ") as SOURCE")
                        + "; in the second say so with " + ClassChoice.option(List.of(FileNames.name(only)))
                        + (innerParts(only, names).isEmpty() ? "" : " --part-column none"));
    }

    private static void refusePart(Path folder, PartNames names) {
        if (names.part(FileNames.name(folder)).isPresent()) {
            throw new UnusableInputException(
                    folder + " is called like a part and has no class folders in it, so its images have"
                            + " no labels: move it out of " + folder.getParent()
                            + ", put its images into class folders, or give their labels with --labels FILE.csv");
        }
    }

    private static void refuseNoLabel(Path folder, List<Path> classes) {
        String name = FileNames.name(folder);
        if (MissingValue.is(name) || UNLABELLED.contains(name.toLowerCase(Locale.ROOT))) {
            Set<String> all = classes.stream().map(FileNames::name).collect(Collectors.toCollection(TreeSet::new));
            List<String> others =
                    all.stream().filter(each -> !each.equals(name)).toList();
            throw new UnusableInputException(
                    "the folder " + folder + " is called as if the class of its images were not known: "
                            + (others.isEmpty() ? "" : "leave it out with " + ClassChoice.option(others) + ", or ")
                            + "say that it is a class with " + ClassChoice.option(all));
        }
    }

    /** Refuses a folder with the names of classes inside, as in archives that contain the whole set a second time. */
    private static void refuseSeveral(Path folder, Set<String> siblings) {
        List<Path> inside = FileTree.folders(folder);
        Set<String> names = keys(inside);
        names.remove(ClassNames.key(FileNames.name(folder)));
        boolean repeated = names.stream().anyMatch(siblings::contains);
        long known = names.stream()
                .flatMap(name -> Preset.known(name).stream())
                .distinct()
                .count();
        if (repeated || known > 1) {
            throw new UnusableInputException(folder + " holds folders that are called like classes, " + listed(inside)
                    + ", so it is not a class: move it out of " + folder.getParent() + ", give it alone as SOURCE ("
                    + folder
                    + "), or rename the folders in it");
        }
    }

    /** Refuses {@code benign/train}, {@code benign/test}, whose parts would be merged silently. */
    private static void refuseInnerParts(Path folder, List<Path> classes, PartNames names, ClassChoice choice) {
        List<Path> inner = innerParts(folder, names);
        if (inner.isEmpty()) {
            return;
        }
        boolean around = inner.stream().anyMatch(part -> !FileTree.folders(part).isEmpty());
        if (around && choice.isEmpty()) {
            throw new UnusableInputException(folder + " holds the parts " + listed(inner)
                    + " with folders in them: if these"
                    + " are classes, give it alone as SOURCE (" + folder + "); if it is a class itself, say so with "
                    + ClassChoice.option(classes.stream().map(FileNames::name).toList()) + " --part-column none");
        }
        if (!names.areIgnored()) {
            throw new UnusableInputException("the class folder " + folder + " holds the parts " + listed(inner)
                    + "; parts are read from folders around the classes, as in "
                    + folder.resolveSibling(FileNames.name(inner.get(0))).resolve(FileNames.name(folder))
                    + ": move them, or merge all images and split them again with --part-column none");
        }
    }

    private static List<Path> innerParts(Path folder, PartNames names) {
        return FileTree.folders(folder).stream()
                .filter(inside -> names.part(FileNames.name(inside)).isPresent())
                .toList();
    }

    /**
     * Refuses {@code images/benign}, {@code masks/benign}, or one folder per hospital, where the classes are one level
     * deeper.
     */
    private static void refuseSameInside(List<Path> classes, PartNames names) {
        Set<String> first = keys(FileTree.folders(classes.get(0)));
        // Folders of patients have numbers; parts were checked before.
        boolean same = classes.size() > 1
                && first.size() > 1
                && first.stream().noneMatch(name -> name.matches(".*\\d.*"))
                && first.stream().allMatch(name -> names.part(name).isEmpty())
                && classes.stream()
                        .allMatch(folder -> keys(FileTree.folders(folder)).equals(first)
                                && FileTree.children(folder, Files::isRegularFile)
                                        .isEmpty());
        if (same) {
            throw new UnusableInputException("the folders " + listed(classes) + " in "
                    + classes.get(0).getParent()
                    + " all hold the folders " + listed(FileTree.folders(classes.get(0)))
                    + ": which of them are the classes? If those further in, give one folder that holds them ("
                    + classes.get(0) + ") as SOURCE, or move them together; if " + listed(classes)
                    + " are, say so with "
                    + ClassChoice.option(classes.stream().map(FileNames::name).toList()));
        }
    }

    private static Set<String> keys(List<Path> folders) {
        return folders.stream()
                .map(folder -> ClassNames.key(FileNames.name(folder)))
                .collect(Collectors.toSet());
    }

    private static List<String> listed(Collection<Path> folders) {
        return folders.stream().map(FileNames::name).toList();
    }
}

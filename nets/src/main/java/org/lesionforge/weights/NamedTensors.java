package org.lesionforge.weights;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lesionforge.backbone.Architecture;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.Naming;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.io.Printable;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.torch.file.TensorFile;

/**
 * A file's tensors as those of a network.
 *
 * @param architecture that they are of
 * @param naming by which the file has them
 * @param tensors under the network's own names
 */
record NamedTensors(Architecture architecture, Naming naming, TensorFile tensors) {
    /**
     * The network and the naming that leave the fewest tensors over: of two networks that share names, the deeper one has more than the other
     * knows.
     *
     * @throws UnusableInputException when the file has no features of any network, naming what it lacks of the nearest
     */
    static NamedTensors of(Path file, TensorFile stored, BackboneZoo backbones) {
        List<NamedTensors> all = backbones.architectures().stream()
                .flatMap(architecture ->
                        architecture.names().namings().stream().flatMap(naming -> read(stored, architecture, naming)))
                .toList();
        return all.stream()
                .filter(each -> !each.featureLayers().isEmpty())
                .min(Comparator.comparingLong(each -> each.count(name -> each.belongs(name) ? 0 : 1)))
                .orElseThrow(() -> refusal(file, stored, all, backbones));
    }

    private static Stream<NamedTensors> read(TensorFile stored, Architecture architecture, Naming naming) {
        TensorFile tensors =
                withoutPrefix(stored, naming.theirs(architecture.names().firstKernel()));
        if (naming.equals(Naming.OWN)) {
            return Stream.of(new NamedTensors(architecture, naming, tensors));
        }
        return naming.isOf(tensors.names())
                ? Stream.of(new NamedTensors(
                        architecture,
                        naming,
                        tensors.renamed(naming::ours, "its tensors are read by " + naming.title() + " names")))
                : Stream.empty();
    }

    /** {@code DataParallel} puts {@code module.} before every name, a compiled or wrapped net others. */
    private static TensorFile withoutPrefix(TensorFile tensors, String first) {
        List<String> prefixes = tensors.names().stream()
                .filter(name -> name.endsWith("." + first))
                .map(name -> name.substring(0, name.length() - first.length()))
                .toList();
        boolean shared =
                prefixes.size() == 1 && tensors.names().stream().allMatch(name -> name.startsWith(prefixes.get(0)));
        return shared ? tensors.withoutPrefix(prefixes.get(0)) : tensors;
    }

    private static UnusableInputException refusal(
            Path file, TensorFile stored, List<NamedTensors> all, BackboneZoo backbones) {
        NamedTensors nearest = all.stream()
                .max(Comparator.<NamedTensors>comparingLong(each -> each.count(name -> each.belongs(name) ? 1 : 0))
                        .thenComparing(Comparator.<NamedTensors>comparingInt(all::indexOf)
                                .reversed()))
                .orElseThrow();
        String tried = backbones.architectures().stream()
                .flatMap(architecture -> architecture.names().namings().stream())
                .map(Naming::title)
                .distinct()
                .collect(Collectors.joining(", "));
        return new UnusableInputException(file + " does not hold " + backbones.titles()
                + " under names that are published of them (tried: " + tried + "); of "
                + nearest.architecture.title() + " by " + nearest.naming.title() + " names, which is nearest, "
                + nearest.difference() + "; it holds " + TensorNames.some(stored.names())
                + "; docs/guide/weights.md has the names that are read");
    }

    /** What of the network's first layers the file lacks, and what it has instead. */
    private String difference() {
        String missing = Stream.concat(
                        Stream.of(architecture.names().firstKernel()),
                        architecture.featureLayers().stream().map(FeatureLayer::lastKernel))
                .filter(name -> !tensors.names().contains(name))
                .findFirst()
                .orElseThrow();
        return "it lacks " + naming.theirs(missing)
                + tensors.names().stream()
                        .filter(name -> !belongs(name))
                        .findFirst()
                        .map(name -> " and has " + Printable.excerpt(naming.theirs(name)))
                        .orElse("");
    }

    private long count(ToLongFunction<String> of) {
        return tensors.names().stream().mapToLong(of).sum();
    }

    private boolean belongs(String name) {
        return architecture.names().belongs(name);
    }

    /** The places for features whose kernels the file holds, by depth. */
    private List<FeatureLayer> featureLayers() {
        return architecture.featureLayers().stream()
                .filter(layer -> tensors.names().contains(layer.lastKernel()))
                .toList();
    }

    /** The last of them. */
    FeatureLayer deepest() {
        List<FeatureLayer> layers = featureLayers();
        return layers.get(layers.size() - 1);
    }
}

package org.lesionforge.cli.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lesionforge.backbone.FeatureLayer;
import org.lesionforge.backbone.zoo.BackboneZoo;
import org.lesionforge.cli.common.CommonOptions;
import org.lesionforge.cli.common.ExitCode;
import org.lesionforge.cli.common.Zoos;
import org.lesionforge.io.json.Json;
import org.lesionforge.weights.KnownWeights;
import org.lesionforge.weights.PretrainedWeights;
import org.lesionforge.weights.WeightsCache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weights list|fetch|import|verify} */
@Command(
        name = "weights",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Pretrained weights: the published files, and what any file holds.",
        subcommands = {
            WeightsCommand.ListKnown.class,
            WeightsCommand.Fetch.class,
            WeightsCommand.Import.class,
            WeightsCommand.Verify.class
        })
public final class WeightsCommand {
    /** What {@code --json} prints of a file. */
    private record Verified(
            String file,
            String network,
            boolean fid,
            String sha256,
            String pooling,
            String input,
            List<Integer> features,
            int classes,
            @Nullable String published,
            List<String> notes,
            List<String> uses) {}

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "The published networks that numbers rest on, and which of them are here.")
    static final class ListKnown implements Callable<Integer> {
        @Mixin
        CommonOptions common;

        @Override
        public Integer call() {
            WeightsCache cache = WeightsCache.ofUser();
            if (common.json) {
                common.print(Json.line(Map.of(
                        "cache",
                        cache.folder().toString(),
                        "weights",
                        KnownWeights.ALL.stream()
                                .map(known -> entry(known, cache))
                                .toList())));
                return ExitCode.DONE;
            }
            for (KnownWeights known : KnownWeights.ALL) {
                common.print(known.name() + ": " + known.use());
                common.print("  here      " + (cache.has(known) ? cache.path(known) : "no"));
                common.print("  file      " + known.file());
                common.print("  network   " + known.architecture());
                if (known.bytes() > 0) {
                    common.print(String.format(Locale.ROOT, "  size      %,d bytes", known.bytes()));
                }
                common.print("  sha256    " + known.sha256() + (known.isWholeChecksum() ? "" : "…"));
                common.print("  checked   " + known.check());
                common.print("  address   " + known.address());
                common.print("  licence   " + known.licence());
                common.print("  input     " + known.input().formula());
                known.crop().ifPresent(crop -> common.print("  images    " + crop.text()));
            }
            return ExitCode.DONE;
        }

        private static Map<String, Object> entry(KnownWeights known, WeightsCache cache) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", known.name());
            entry.put("architecture", known.architecture());
            entry.put("file", known.file());
            entry.put("address", known.address().toString());
            entry.put("bytes", known.bytes() > 0 ? known.bytes() : null);
            entry.put("sha256", known.sha256());
            entry.put("checked", known.check());
            entry.put("use", known.use());
            entry.put("licence", known.licence());
            entry.put("input", known.input().formula());
            entry.put("resize", known.crop().map(KnownWeights.Crop::resize).orElse(null));
            entry.put("crop", known.crop().map(KnownWeights.Crop::side).orElse(null));
            entry.put(
                    "interpolation",
                    known.crop().map(KnownWeights.Crop::interpolation).orElse(null));
            entry.put("path", cache.has(known) ? cache.path(known).toString() : null);
            return entry;
        }
    }

    @Command(
            name = "fetch",
            mixinStandardHelpOptions = true,
            description = "Downloads a known network into the cache, or resumes where a download stopped.")
    static final class Fetch implements Callable<Integer> {
        @Mixin
        CommonOptions common;

        @Parameters(paramLabel = "NAME", description = "As 'weights list' names it: fid, resnet-50-imagenet.")
        String name;

        @Override
        public Integer call() throws IOException {
            KnownWeights known = common.usage(() -> KnownWeights.named(name)
                    .orElseThrow(() -> new IllegalArgumentException("there are no known weights '" + name
                            + "'; there are "
                            + KnownWeights.ALL.stream().map(KnownWeights::name).toList())));
            WeightsCache cache = WeightsCache.ofUser();
            boolean downloaded = cache.fetch(known, common.progress());
            report(common, cache, known, downloaded ? "downloaded" : "here already");
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Copies a known network's file into the cache. Its checksum tells which it is, not its name.")
    static final class Import implements Callable<Integer> {
        @Mixin
        CommonOptions common;

        @Parameters(paramLabel = "FILE", description = "A file that 'weights list' names, brought from elsewhere.")
        Path file;

        @Override
        public Integer call() throws IOException {
            WeightsCache cache = WeightsCache.ofUser();
            report(common, cache, cache.add(file), "imported");
            return ExitCode.DONE;
        }
    }

    private static void report(CommonOptions common, WeightsCache cache, KnownWeights known, String what) {
        String path = cache.path(known).toString();
        common.print(
                common.json
                        ? Json.line(Map.of(
                                "name",
                                known.name(),
                                "path",
                                path,
                                "sha256",
                                known.sha256(),
                                "checked",
                                known.check(),
                                "state",
                                what))
                        : known.name() + ": " + what + ", checked " + known.check() + ", " + path);
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Reads the whole file and says which network it is and what it can be used for.")
    static final class Verify implements Callable<Integer> {
        @Mixin
        CommonOptions common;

        @Parameters(
                paramLabel = "FILE",
                description = "Safetensors or .pth file with the published tensor names, or a name of 'weights list'.")
        Path file;

        private final BackboneZoo backbones;

        Verify(Zoos zoos) {
            backbones = zoos.backbones();
        }

        @Override
        public Integer call() {
            PretrainedWeights weights = WeightsCache.ofUser().open(file, "weights verify", backbones);
            weights.verify();
            List<Integer> features = weights.featureLayers().stream()
                    .map(FeatureLayer::dimensions)
                    .toList();
            if (common.json) {
                common.print(Json.line(new Verified(
                        weights.file().toString(),
                        weights.name(),
                        weights.isFidNetwork(),
                        weights.sha256(),
                        weights.variant().name(),
                        weights.input().formula(),
                        features,
                        weights.classes(),
                        weights.published().map(KnownWeights::name).orElse(null),
                        weights.notes(),
                        weights.uses())));
            } else {
                common.print("network   " + weights.name() + (weights.isFidNetwork() ? " (FID's own)" : ""));
                common.print("sha256    " + weights.sha256());
                common.print("pooling   " + weights.variant().text());
                common.print("input     " + weights.input().formula());
                common.print("features  " + features);
                common.print("classes   " + (weights.classes() == 0 ? "none" : weights.classes()));
                weights.published().ifPresent(known -> {
                    common.print("published " + known.name() + ", checked " + known.check());
                    known.crop().ifPresent(crop -> common.print("images    " + crop.text() + ", as it was measured"));
                });
                weights.uses().forEach(use -> common.print("use       " + use));
                weights.notes().forEach(note -> common.print("note      " + note));
            }
            return ExitCode.DONE;
        }
    }
}

package org.lesionforge.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lesionforge.io.OutputFolder;

/**
 * Which file of an experiment's folder is where; docs/contracts.md says what each holds.
 *
 * @param folder that was named with {@code --out}
 */
public record RunLayout(Path folder) {
    /** What an experiment and the trainings in it call their options. */
    public static final String CONFIG = "config.json";

    /** The ids of the images that a net was trained on, a line each. */
    public static final String TRAINING_IDS = "training-ids.txt";

    /** A line for every iteration of a GAN, or epoch of a classifier. */
    public static final String STATISTICS = "stats.jsonl";

    /** What a folder is the run of. */
    public enum Kind {
        /** Arms and seeds compared. */
        EXPERIMENT,
        /** The training of a generator. */
        GENERATOR,
        /** The training of a classifier. */
        CLASSIFIER;

        /**
         * {@return what a folder is, by the files that its training wrote first; empty where it is the run of nothing}
         *
         * @param folder that may be missing
         */
        public static Optional<Kind> of(Path folder) {
            boolean config = Files.isRegularFile(folder.resolve(CONFIG));
            boolean trained = Files.isRegularFile(folder.resolve(TRAINING_IDS));
            if (trained && Files.isRegularFile(new GanLayout(folder).licences())) {
                return Optional.of(GENERATOR);
            }
            if (trained && config) {
                return Optional.of(CLASSIFIER);
            }
            RunLayout run = new RunLayout(folder);
            return Files.isRegularFile(run.results()) || (config && Files.isRegularFile(run.provenance()))
                    ? Optional.of(EXPERIMENT)
                    : Optional.empty();
        }

        /** {@return the word used in files: {@code experiment}} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * {@return the name with {@code _} for each character but letters, digits, {@code .}, {@code _} and {@code -}}
     *
     * @param name of an arm or of its folder
     */
    public static String fileName(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** {@return the options of the experiment} */
    public Path config() {
        return folder.resolve(CONFIG);
    }

    /** {@return what made the run} */
    public Path provenance() {
        return folder.resolve("provenance.json");
    }

    /** {@return the results; written last: the experiment has ended} */
    public Path results() {
        return folder.resolve("results.json");
    }

    /** {@return the seconds that the run took so far, over all its starts: a text of one number} */
    public Path seconds() {
        return folder.resolve("seconds.txt");
    }

    /** {@return sex, age and the like of the images, for results by subgroup} */
    public Path attributes() {
        return folder.resolve("attributes.csv");
    }

    /** {@return the folder of the data set's audit} */
    public Path audit() {
        return folder.resolve("audit");
    }

    /** {@return what the audit found; written last: the audit is finished} */
    public Path auditResult() {
        return audit().resolve("audit.json");
    }

    /** {@return the folder of example images} */
    public Path examples() {
        return folder.resolve("examples");
    }

    /**
     * {@return a sheet of images that a generator drew, where there are several: a PNG}
     *
     * @param family of the generator
     * @throws org.lesionforge.io.UnusableInputException when the sheet would lie outside {@link #examples}
     */
    public Path synthetic(String family) {
        return OutputFolder.inside(examples(), "synthetic-" + family + ".png");
    }

    /**
     * {@return a sheet of what the classifier of an arm's folder looks at: a PNG}
     *
     * @param armFolder name of the folder
     * @throws org.lesionforge.io.UnusableInputException when the sheet would lie outside {@link #examples}
     */
    public Path evidence(String armFolder) {
        return OutputFolder.inside(examples(), "evidence-" + armFolder + ".png");
    }

    /** {@return the folder that has a folder for each arm and seed} */
    public Path arms() {
        return folder.resolve("arms");
    }

    /** {@return the folder that has a folder for each seed, or fold, with a split of its own} */
    public Path splits() {
        return folder.resolve("splits");
    }

    /** {@return what belongs to the data set's own split: the run's folder itself} */
    public SplitDirectory ownSplit() {
        return new SplitDirectory(folder);
    }

    /**
     * {@return what belongs to the split of a seed alone}
     *
     * @param seed that divided the images
     */
    public SplitDirectory splitOf(long seed) {
        return new SplitDirectory(splits().resolve("seed" + seed));
    }

    /**
     * {@return what belongs to a fold alone}
     *
     * @param fold number of the fold, from 1
     */
    public SplitDirectory splitOfFold(int fold) {
        return new SplitDirectory(splits().resolve("fold" + fold));
    }

    /**
     * {@return the predictions of all folds together: a table with a line for each image of the data set}
     *
     * @param name of an arm with its seed, as its folders are called but for the fold
     * @throws org.lesionforge.io.UnusableInputException when the table would lie outside the folder of all of them
     */
    public Path pooledPredictions(String name) {
        return OutputFolder.inside(folder.resolve("pooled"), name + ".csv");
    }

    /** {@return the report} */
    public Path page() {
        return folder.resolve("report.html");
    }

    /** {@return the folder of the report's drawings} */
    public Path figures() {
        return folder.resolve("figures");
    }

    /**
     * Which file of a classifier's folder is where.
     *
     * @param folder of one arm and seed
     */
    public record ArmLayout(Path folder) {
        /** {@return the options of the training} */
        public Path config() {
            return folder.resolve(CONFIG);
        }

        /** {@return the ids of the images that it was trained on, a line each} */
        public Path trainingIds() {
            return folder.resolve(TRAINING_IDS);
        }

        /** {@return a line for every epoch: {@link EpochStats}} */
        public Path statistics() {
            return folder.resolve(STATISTICS);
        }

        /** {@return the folder of states to resume training from; not there once it has ended} */
        public Path checkpoints() {
            return folder.resolve("checkpoints");
        }

        /** {@return the predictions of the test images} */
        public Path testPredictions() {
            return folder.resolve("predictions-test.csv");
        }

        /** {@return the predictions of the validation images; not there without a validation part} */
        public Path validationPredictions() {
            return folder.resolve("predictions-validation.csv");
        }

        /** {@return the result; written last: the arm is finished} */
        public Path result() {
            return folder.resolve("result.json");
        }
    }

    /**
     * Which file of a GAN's folder is where.
     *
     * @param folder of one GAN
     */
    public record GanLayout(Path folder) {
        /** A line for every measured snapshot. */
        public static final String METRICS = "metrics.jsonl";
        /** A line for every alarm. */
        public static final String ALARMS = "alarms.jsonl";

        /** How the names of sheets of images begin. */
        static final String GRID = "epoch";

        static final String NEAREST = "nearest";

        /** {@return the options of the training} */
        public Path config() {
            return folder.resolve(CONFIG);
        }

        /** {@return the ids of the images that it was trained on, a line each} */
        public Path trainingIds() {
            return folder.resolve(TRAINING_IDS);
        }

        /** {@return the ids of the images that the run it began from was trained on, a line each; missing where there is none} */
        public Path initialIds() {
            return folder.resolve("init-ids.txt");
        }

        /** {@return how many of those images are under each licence, by owner} */
        public Path licences() {
            return folder.resolve("licences.json");
        }

        /** {@return a line for every iteration: {@link GanIteration}} */
        public Path statistics() {
            return folder.resolve(STATISTICS);
        }

        /** {@return a line for every measured snapshot: {@link MeasuredSnapshot}} */
        public Path metrics() {
            return folder.resolve(METRICS);
        }

        /** {@return a line for every alarm: {@link Alarm}} */
        public Path alarms() {
            return folder.resolve(ALARMS);
        }

        /** {@return the folder of sheets of images, a {@link #grid} and a {@link #nearest} for every snapshot} */
        public Path samples() {
            return folder.resolve("samples");
        }

        /**
         * {@return a grid of images from latents that are the same at all snapshots: a PNG}
         *
         * @param epoch after which the snapshot was made
         */
        public Path grid(int epoch) {
            return sheet(GRID, epoch);
        }

        /**
         * {@return a sheet of generated images beside the training images that they are nearest to: a PNG with real images in it}
         *
         * @param epoch after which the snapshot was made
         */
        public Path nearest(int epoch) {
            return sheet(NEAREST, epoch);
        }

        private Path sheet(String kind, int epoch) {
            return samples().resolve(String.format(Locale.ROOT, "%s-%04d.png", kind, epoch));
        }

        /** {@return the folder of snapshots, and of states to resume training from} */
        public Path checkpoints() {
            return folder.resolve("checkpoints");
        }

        /** {@return which snapshot was chosen; written last: training has ended} */
        public Path best() {
            return folder.resolve("best.json");
        }
    }

    /**
     * What a sheet of class activation maps says of them, in the texts of its PNG; see {@link #evidence}.
     *
     * @param network title of the architecture whose maps they are
     * @param places on a side of its last feature map
     */
    public record EvidenceMaps(String network, int places) {
        private static final String NETWORK = "Network";
        private static final String PLACES = "Places";

        /**
         * Reads them.
         *
         * @param texts of a PNG, by keyword
         * @return empty where they are not among them, as in sheets of version 0.1
         */
        public static Optional<EvidenceMaps> of(Map<String, String> texts) {
            String network = texts.get(NETWORK);
            String places = texts.get(PLACES);
            return network == null || places == null || !places.matches("[0-9]{1,4}")
                    ? Optional.empty()
                    : Optional.of(new EvidenceMaps(network, Integer.parseInt(places)));
        }

        /** {@return the texts, by keyword} */
        public Map<String, String> texts() {
            return Map.of(NETWORK, network, PLACES, Integer.toString(places));
        }
    }
}

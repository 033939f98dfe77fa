package org.lesionforge.run;

import java.nio.file.Path;
import org.lesionforge.io.OutputFolder;

/** Which file of an experiment's folder is where; docs/contracts.md says what each holds. */
public record RunLayout(Path folder) {
    /** What an experiment and the trainings in it call their options. */
    public static final String CONFIG = "config.json";

    /** The ids of the images that a net was trained on, a line each. */
    public static final String TRAINING_IDS = "training-ids.txt";

    /** A line for every iteration of a GAN, or epoch of a classifier. */
    public static final String STATISTICS = "stats.jsonl";

    public Path config() {
        return folder.resolve(CONFIG);
    }

    public Path provenance() {
        return folder.resolve("provenance.json");
    }

    /** Written last: the experiment has ended. */
    public Path results() {
        return folder.resolve("results.json");
    }

    public Path seconds() {
        return folder.resolve("seconds.txt");
    }

    /** Sex, age and the like of the images, for results by subgroup. */
    public Path attributes() {
        return folder.resolve("attributes.csv");
    }

    public Path audit() {
        return folder.resolve("audit");
    }

    /** Written last: the audit is finished. */
    public Path auditResult() {
        return audit().resolve("audit.json");
    }

    /** Pictures. */
    public Path examples() {
        return folder.resolve("examples");
    }

    /** What the classifier of an arm's folder looks at: a picture. */
    public Path evidence(String armFolder) {
        return OutputFolder.inside(examples(), "evidence-" + armFolder + ".png");
    }

    /** A folder for each arm and seed. */
    public Path arms() {
        return folder.resolve("arms");
    }

    /** A folder for each seed that has a split of its own. */
    public Path splits() {
        return folder.resolve("splits");
    }

    /** Of the data set's own split. */
    public SplitDirectory ownSplit() {
        return new SplitDirectory(folder);
    }

    /** Of the split that belongs to a seed alone. */
    public SplitDirectory splitOf(long seed) {
        return new SplitDirectory(splits().resolve("seed" + seed));
    }

    public Path page() {
        return folder.resolve("report.html");
    }

    /** The page's drawings. */
    public Path figures() {
        return folder.resolve("figures");
    }

    /** Which file of a classifier's folder is where. */
    public record ArmLayout(Path folder) {
        public Path config() {
            return folder.resolve(CONFIG);
        }

        public Path trainingIds() {
            return folder.resolve(TRAINING_IDS);
        }

        public Path statistics() {
            return folder.resolve(STATISTICS);
        }

        public Path testPredictions() {
            return folder.resolve("predictions-test.csv");
        }

        /** Not there without a validation part. */
        public Path validationPredictions() {
            return folder.resolve("predictions-validation.csv");
        }

        /** Written last: the arm is finished. */
        public Path result() {
            return folder.resolve("result.json");
        }
    }

    /** Which file of a GAN's folder is where. */
    public record GanLayout(Path folder) {
        public static final String METRICS = "metrics.jsonl";
        public static final String ALARMS = "alarms.jsonl";

        public Path config() {
            return folder.resolve(CONFIG);
        }

        public Path trainingIds() {
            return folder.resolve(TRAINING_IDS);
        }

        public Path licences() {
            return folder.resolve("licences.json");
        }

        public Path statistics() {
            return folder.resolve(STATISTICS);
        }

        /** A line for every measured snapshot. */
        public Path metrics() {
            return folder.resolve(METRICS);
        }

        public Path alarms() {
            return folder.resolve(ALARMS);
        }

        /** Images from fixed latents, a picture for every snapshot. */
        public Path samples() {
            return folder.resolve("samples");
        }

        public Path checkpoints() {
            return folder.resolve("checkpoints");
        }

        /** Written last: training has ended. */
        public Path best() {
            return folder.resolve("best.json");
        }
    }
}

package org.lesionforge.experiment;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.lesionforge.generator.GenerativeModel;
import org.lesionforge.generator.GeneratorOptions;
import org.lesionforge.generator.GeneratorSummary;
import org.lesionforge.generator.ModelFamily;
import org.lesionforge.generator.Sampler;
import org.lesionforge.generator.zoo.dcgan.Dcgan;
import org.lesionforge.generator.zoo.dcgan.DcganOptions;
import org.lesionforge.torch.Compute;

/** A second family for experiments: the first one's nets under another name. */
record RenamedFamily(String name, String title) implements ModelFamily<DcganOptions> {
    @Override
    public List<Integer> sizes() {
        return Dcgan.FAMILY.sizes();
    }

    @Override
    public Class<DcganOptions> optionsType() {
        return Dcgan.FAMILY.optionsType();
    }

    @Override
    public DcganOptions defaults() {
        return Dcgan.FAMILY.defaults();
    }

    @Override
    public GenerativeModel create(GeneratorOptions common, DcganOptions own, Compute compute) {
        return Dcgan.FAMILY.create(common, own, compute);
    }

    @Override
    public Sampler load(GeneratorOptions common, DcganOptions own, Map<String, Tensor> snapshot, Compute compute) {
        return Dcgan.FAMILY.load(common, own, snapshot, compute);
    }

    @Override
    public GeneratorSummary summary(GeneratorOptions common, DcganOptions own) {
        return Dcgan.FAMILY.summary(common, own);
    }
}

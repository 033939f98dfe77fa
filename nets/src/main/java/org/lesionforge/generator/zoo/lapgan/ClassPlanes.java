package org.lesionforge.generator.zoo.lapgan;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * How a finer level is told the class of an image: by a plane for each class, of ones for its own and of zeros for the others.
 *
 * @param classes how many; 0 where they are not told apart, and then there are no planes
 */
record ClassPlanes(int classes) {
    /**
     * Appends the planes.
     *
     * @param maps n × channels × side × side
     * @param labels n class indices
     * @return n × (channels + classes) × side × side
     */
    Tensor append(Tensor maps, Tensor labels) {
        if (classes == 0) {
            return maps;
        }
        Tensor planes = torch.one_hot(labels, classes)
                .to(maps.scalar_type())
                .view(labels.size(0), classes, 1, 1)
                .expand(labels.size(0), classes, maps.size(2), maps.size(3));
        return torch.cat(new TensorVector(maps, planes), 1);
    }
}

"""ResNet-50, DenseNet-121 and MobileNet V2 in eager PyTorch, with random weights on noise: images per second as one JSON line.

    python3 peer.py resnet-50|densenet-121|mobilenet-v2 features|train [--batch 8] [--size 224] [--steps 5] [--warmup 2] [--threads N]

The peer of `lesionforge bench classifier NAME features|train`: float32, channels-last, the same keys. Training steps are of two classes, SGD with momentum.
Needs PyTorch alone.
"""
import argparse
import json
import resource
import statistics
import time

import torch
from torch import nn


def normed(into, out, kernel, stride=1, groups=1, activation=nn.ReLU):
    layers = [nn.Conv2d(into, out, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(out)]
    return nn.Sequential(*layers, *([activation(inplace=True)] if activation else []))


class Residual(nn.Module):
    def __init__(self, body, shortcut, last):
        super().__init__()
        self.body, self.shortcut, self.last = body, shortcut, last

    def forward(self, x):
        return self.last(self.body(x) + self.shortcut(x))


def resnet50():
    layers, width = [normed(3, 64, 7, 2), nn.MaxPool2d(3, 2, 1)], 64
    for stage, blocks in enumerate((3, 4, 6, 3)):
        planes = 64 << stage
        for block in range(blocks):
            stride = 2 if stage and not block else 1
            body = nn.Sequential(normed(width, planes, 1), normed(planes, planes, 3, stride), normed(planes, 4 * planes, 1, activation=None))
            shortcut = nn.Identity() if block else normed(width, 4 * planes, 1, stride, activation=None)
            layers.append(Residual(body, shortcut, nn.ReLU(inplace=True)))
            width = 4 * planes
    return layers, width


class Dense(nn.Module):
    def __init__(self, into):
        super().__init__()
        self.body = nn.Sequential(
            nn.BatchNorm2d(into), nn.ReLU(inplace=True), nn.Conv2d(into, 128, 1, bias=False), *before(128), nn.Conv2d(128, 32, 3, padding=1, bias=False))

    def forward(self, maps):
        return maps + [self.body(torch.cat(maps, 1))]


class Block(nn.Module):
    def __init__(self, into, layers):
        super().__init__()
        self.layers = nn.ModuleList(Dense(into + 32 * i) for i in range(layers))

    def forward(self, x):
        maps = [x]
        for layer in self.layers:
            maps = layer(maps)
        return torch.cat(maps, 1)


def before(channels):
    return nn.BatchNorm2d(channels), nn.ReLU(inplace=True)


def densenet121():
    layers, width = [normed(3, 64, 7, 2), nn.MaxPool2d(3, 2, 1)], 64
    for block, count in enumerate((6, 12, 24, 16)):
        layers.append(Block(width, count))
        width += 32 * count
        if block < 3:
            layers += [*before(width), nn.Conv2d(width, width // 2, 1, bias=False), nn.AvgPool2d(2)]
            width //= 2
    return layers + list(before(width)), width


def mobilenet_v2():
    layers, width = [normed(3, 32, 3, 2, activation=nn.ReLU6)], 32
    for expand, out, count, first in ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)):
        for block in range(count):
            stride, inner = (1 if block else first), width * expand
            body = [normed(width, inner, 1, activation=nn.ReLU6)] if expand > 1 else []
            body += [normed(inner, inner, 3, stride, inner, nn.ReLU6), normed(inner, out, 1, activation=None)]
            body = nn.Sequential(*body)
            layers.append(Residual(body, nn.Identity(), nn.Identity()) if stride == 1 and width == out else body)
            width = out
    return layers + [normed(width, 1280, 1, activation=nn.ReLU6)], 1280


NETS = {"resnet-50": resnet50, "densenet-121": densenet121, "mobilenet-v2": mobilenet_v2}


def network(name, classes):
    layers, width = NETS[name]()
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), *([nn.Linear(width, classes)] if classes else []))


def step(work, net, batch, size):
    x = torch.rand(batch, 3, size, size).contiguous(memory_format=torch.channels_last)
    if work == "features":
        net.eval()

        def forward():
            with torch.no_grad():
                net(x)

        return forward
    truth = torch.arange(batch) % 2
    optimizer = torch.optim.SGD(net.parameters(), lr=1e-3, momentum=0.9)

    def train():
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(x), truth).backward()
        optimizer.step()

    return train


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("network", choices=NETS)
    parser.add_argument("work", choices=["features", "train"])
    for option, default in (("batch", 8), ("size", 224), ("steps", 5), ("warmup", 2), ("threads", torch.get_num_threads())):
        parser.add_argument("--" + option, type=int, default=default)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(0)
    net = network(given.network, 2 if given.work == "train" else 0).to(memory_format=torch.channels_last)
    work = step(given.work, net, given.batch, given.size)
    rates = []
    for i in range(given.warmup + given.steps):
        start = time.perf_counter()
        work()
        if i >= given.warmup:
            rates.append(given.batch / (time.perf_counter() - start))
    print(json.dumps({
        "peer": "PyTorch " + torch.__version__,
        "work": given.network + " " + given.work,
        "size": given.size,
        "batch": given.batch,
        "threads": given.threads,
        "onednn": torch.backends.mkldnn.is_available(),
        "parameters": sum(p.numel() for p in network(given.network, 1000).parameters()),
        "images_per_second": round(statistics.median(rates), 2),
        "best": round(max(rates), 2),
        "max_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))


if __name__ == "__main__":
    main()

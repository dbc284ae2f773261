using static CaaS.Benchmarks.HardSet.FaultShape;
using static CaaS.Benchmarks.HardSet.FaultTarget;
using static CaaS.Benchmarks.HardSet.Lever;

namespace CaaS.Benchmarks.HardSet;

/// <summary>The classes of faults of the set. Written down before any case was scored; not to be tuned.</summary>
internal static class FaultKinds
{
    public static readonly FaultKind[] All =
    [
        new("pod-kill", Workload, Flap, 3, new Effect(Down, 0.6, 1)) { Signals = ["ready share"] },
        new("pod-hang", Workload, Step, 0, new Effect(Hang, 0.3, 1)) { Signals = ["ready share"] },
        new("crash-loop", Web, Flap, 4, new Effect(Down, 0.6, 1))
            { Change = "deploy", Line = "fatal: cannot start", Event = "BackOff", Signals = ["ready share"] },
        new("image-pull", Web, Step, 1, new Effect(Down, 0.4, 0.8))
            { Change = "deploy", Event = "ErrImagePull", Signals = ["ready share"] },
        new("probe-kills", Web, Flap, 2, new Effect(Down, 0.5, 0.9))
            { Change = "config", Event = "Unhealthy", Signals = ["ready share"] },
        new("quota", Web, Step, 4, new Effect(Down, 0.4, 0.8))
            { Change = "scale", Event = "FailedCreate", Signals = ["ready share"] },
        new("scale-down", Workload, Step, 1, new Effect(Down, 0.5, 0.8)) { Change = "scale", Signals = ["cpu cores", "throttled share"] },
        new("slow-release", Web, Step, 1, new Effect(Work, 2, 6)) { Change = "deploy", Signals = ["cpu cores"] },
        new("failing-release", Web, Step, 1, new Effect(Fail, 0.1, 0.7))
            { Change = "deploy", Line = "unhandled exception: null reference", Signals = ["error share"] },
        new("bad-config", Web, Step, 1, new Effect(Fail, 0.15, 0.8))
            { Change = "config", Line = "invalid setting", Signals = ["error share"] },
        new("bad-flag", Web, Step, 0.5, new Effect(Wait, 8, 60)) { Change = "flag", Signals = ["latency"] },
        new("rate-limit", Web, Step, 0.5, new Effect(Fail, 0.2, 0.8))
            { Change = "config", Line = "too many requests", Signals = ["error share"] },
        new("memory-leak", Web, Ramp, 30, new Effect(Leak, 0.02, 0.08))
            { Change = "deploy", Event = "OOMKilling", Signals = ["memory share"] },
        new("heap-limit", Web, Step, 1, new Effect(Collect, 0.5, 0.85)) { Change = "config", Signals = ["gc share", "memory share"] },
        new("cpu-limit", Workload, Step, 1, new Effect(Slow, 0.5, 0.85)) { Change = "config", Signals = ["throttled share"] },
        new("runaway-thread", Web, Step, 0, new Effect(Slow, 0.4, 0.8), new Effect(Burn, 0.2, 0.4)) { Signals = ["cpu cores"] },
        new("noisy-neighbour", Batch, Step, 0, new Effect(Burn, 1.5, 5)) { Signals = ["cpu cores"] },
        new("flooding-client", Batch, Step, 0, new Effect(Repeat, 20, 300)) { Signals = ["requests per second"] },
        new("node-lost", Node, Step, 0, new Effect(NodeDown, 1, 1)) { Event = "NodeNotReady", Signals = ["ready share"] },
        new("node-disk", Node, Step, 0, new Effect(NodeDisk, 10, 80)) { Signals = ["io wait share"] },
        new("node-network", Node, Step, 0, new Effect(NodeLoss, 0.1, 0.4)) { Signals = ["packet drops"] },
        new("node-clock", Node, Ramp, 10, new Effect(NodeClock, 60, 400)) { Signals = ["clock offset seconds"] },
        new("node-memory", Node, Step, 0, new Effect(NodeMemory, 0.5, 0.9)) { Event = "EvictionThresholdMet", Signals = ["memory share"] },
        new("dns-slow", Names, Step, 0, new Effect(Wait, 30, 300)) { Signals = ["latency"] },
        new("dns-failing", Names, Step, 0, new Effect(Fail, 0.3, 0.9))
            { CallerLine = "name resolution failed", Signals = ["error share"] },
        new("disk-full", Volume, Ramp, 15, new Effect(VolumeFull, 0.75, 0.9)) { Line = "no space left on device", Signals = ["used share"] },
        new("disk-slow", Volume, Step, 0, new Effect(VolumeSlow, 10, 80)) { Signals = ["disk seconds"] },
        new("database-lock", Database, Step, 0, new Effect(Lever.Lock, 3, 20)) { Line = "lock wait timeout", Signals = ["lock waits"] },
        new("slow-query", Database, Ramp, 6, new Effect(Wait, 10, 60)) { Signals = ["latency"] },
        new("deadlock", Database, Step, 0, new Effect(Lever.Lock, 2, 8), new Effect(Fail, 0.1, 0.4))
            { Line = "deadlock found", Signals = ["lock waits"] },
        new("pool-exhausted", Web, Step, 0, new Effect(Pool, 0.85, 0.98))
            { Line = "could not get a connection from the pool", Signals = ["pool in use"] },
        new("thread-starvation", Web, Ramp, 8, new Effect(Pool, 0.85, 0.98)) { Signals = ["pool in use"] },
        new("file-leak", Web, Ramp, 20, new Effect(Files, 0.7, 1)) { Line = "too many open files", Signals = ["open files"] },
        new("retry-storm", Client, Step, 1, new Effect(Repeat, 4, 20)) { Change = "config", Signals = ["requests per second"] },
        new("load-surge", Users, Step, 0, new Effect(Surge, 1.5, 4)) { Signals = ["requests per second"] },
        new("external-slow", External, Step, 0, new Effect(Wait, 5, 40)) { Signals = ["latency"] },
        new("external-failing", External, Step, 0, new Effect(Fail, 0.2, 0.9))
            { CallerLine = "upstream answered 503", Signals = ["error share"] },
        new("network-delay", Workload, Step, 0, new Effect(NetDelay, 0.05, 0.6)) { Signals = ["retransmits"] },
        new("network-loss", Workload, Step, 0, new Effect(NetLoss, 0.1, 0.5)) { Signals = ["retransmits"] },
        new("network-policy", Client, Step, 0.5, new Effect(Partition, 0.8, 1))
            { Change = "policy", Event = "PolicyDenied", Signals = ["error share"] },
        new("certificate", Workload, Step, 0, new Effect(Handshake, 0.7, 1))
            { Line = "handshake failed", CallerLine = "x509: certificate has expired", Signals = ["requests per second"] },
        new("secret-rotated", Client, Step, 1, new Effect(Refused, 0.6, 1))
            { Change = "secret", Line = "authentication to the store failed", Signals = ["error share"] },
        new("cache-lost", Cache, Step, 0, new Effect(Miss, 0.7, 1)) { Signals = ["hit share"] },
        new("queue-backlog", Worker, Step, 0, new Effect(Slow, 0.6, 0.95)) { Signals = ["backlog"] },
        new("bad-pod", Web, Step, 0, new Effect(BadPod, 15, 80)) { Signals = ["latency of pod 0"] },
    ];

    /// <summary>Harmless things of the same mechanics that happen around an incident.</summary>
    public static readonly FaultKind[] Decoys =
    [
        new("harmless-release", Workload, Step, 1, new Effect(Work, 0.1, 0.6)) { Change = "deploy", Line = "starting version" },
        new("harmless-config", Web, Step, 1, new Effect(Wait, 0.05, 0.5)) { Change = "config", Line = "settings read again" },
        new("harmless-scale", Web, Step, 1, new Effect(Down, 0.05, 0.2)) { Change = "scale", Event = "ScalingReplicaSet" },
        new("harmless-flag", Web, Step, 1, new Effect(Wait, 0.05, 0.3)) { Change = "flag" },
        new("busy-job", Batch, Step, 0, new Effect(Burn, 0.1, 0.35)) { Line = "job begins" },
        new("busy-job-calls", Batch, Step, 0, new Effect(Repeat, 2, 12)),
        new("failing-bystander", Workload, Step, 0, new Effect(Fail, 0.05, 0.4)) { Line = "unhandled exception: bad input", Event = "Unhealthy" },
        new("slow-bystander", Workload, Step, 0, new Effect(Wait, 3, 15)),
    ];
}

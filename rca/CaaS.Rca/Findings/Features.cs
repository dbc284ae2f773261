namespace CaaS.Rca.Findings;

/// <summary>The vocabulary fault classes are written in.</summary>
internal static class Features
{
    public const string LatencyUp = "latency-up";
    public const string SelfLatency = "self-latency";
    public const string SlowForCallers = "slow-for-callers";
    public const string SelfErrors = "self-errors";
    public const string Unreachable = "unreachable";
    public const string ExplainedByCallee = "explained-by-callee";
    public const string OtherCallersFine = "other-callers-fine";
    public const string Deepest = "deepest";
    public const string UnexplainedSymptoms = "unexplained-symptoms";
    public const string UnexplainedByNeighbours = "unexplained-by-neighbours";
    public const string ExplainedByNode = "explained-by-node";
    public const string NoOwnTrouble = "no-own-trouble";

    public const string OomKilled = "oom-killed";
    public const string CrashLoop = "crash-loop";
    public const string CannotStart = "cannot-start";
    public const string FailsToRun = "fails-to-run";
    public const string PodsReady = "pods-ready";
    public const string NotReady = "not-ready";
    public const string Unschedulable = "unschedulable";
    public const string WarningEvents = "warning-events";

    public const string NodeNotReady = "node-not-ready";
    public const string NodeSilent = "node-silent";
    public const string NodeHealthy = "node-healthy";
    public const string PodsUnreachable = "pods-unreachable";

    public const string MemoryGrowth = "memory-growth";
    public const string CpuBurst = "cpu-burst";
    public const string Contention = "contention";
    public const string Starved = "starved";
    public const string StarvesNeighbours = "starves-neighbours";
    public const string TrafficUp = "traffic-up";

    public const string ChangeRelease = "change-release";
    public const string ChangeConfig = "change-config";
    public const string ChangeTemplate = "change-template";
    public const string ChangeAny = "change-any";
    public const string ChangePolicy = "change-policy";
    public const string ChangeRefuted = "change-refuted";
    public const string OnlyNewPods = "only-new-pods";
    public const string DoseResponse = "dose-response";
    public const string ScaledDown = "scaled-down";
    public const string ScaledToZero = "scaled-to-zero";

    public const string FlowsDenied = "flows-denied";
    public const string DeniedByPolicy = "denied-by-policy";
    public const string SegmentsLost = "segments-lost";

    public const string SelfTime = "self-time";
    public const string OwnFailures = "own-failures";
    public const string PassedOn = "passed-on";
    public const string CallGap = "call-gap";
    public const string MissingCalls = "missing-calls";

    public const string LogNew = "log-new";
    public const string LogErrors = "log-errors";

    /// <summary>All of them but the signs of fault classes, so that no class can name one nobody looks for.</summary>
    public static readonly IReadOnlySet<string> All = typeof(Features)
        .GetFields()
        .Where(field => field.IsLiteral)
        .Select(field => (string)field.GetRawConstantValue()!)
        .ToHashSet(StringComparer.Ordinal);
}

using System.Collections.Frozen;
using CaaS.Rca.FaultClasses;

namespace CaaS.Api.Similar;

/// <summary>The words runbooks call the platform's fault classes by.</summary>
internal static class FaultWords
{
    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>
    {
        ["memory-leak"] = "OOMKilled out of memory heap growth",
        ["bad-release"] = "CrashLoopBackOff rollout crash after deploy rollback",
        ["cpu-contention"] = "noisy neighbour cpu starvation throttling saturated node",
        ["node-lost"] = "NotReady node down unreachable cordon drain",
        ["dependency-latency"] = "slow downstream latency timeouts",
        ["config-error"] = "wrong configuration ConfigMap setting misconfigured",
        ["app-crash"] = "CrashLoopBackOff crash exit code restarts",
        ["pod-unschedulable"] = "FailedScheduling Pending Unschedulable capacity",
        ["traffic-surge"] = "traffic spike overload scale out saturation",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a fault class is called.</summary>
    /// <param name="faultClass">Its id.</param>
    public static string Name(string faultClass) =>
        $"{FaultCatalogue.Default.Find(faultClass)?.Title ?? faultClass} {faultClass}";

    /// <summary>What else is written about it; empty for a class that says enough itself.</summary>
    /// <param name="faultClass">Its id.</param>
    public static string Of(string faultClass) => Known.GetValueOrDefault(faultClass, "");
}

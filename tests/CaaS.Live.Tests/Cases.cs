using CaaS.Client.Wire;

namespace CaaS.Live.Tests;

/// <summary>The faults of <c>shop.sh fault</c> and their truth.</summary>
internal static class Cases
{
    public static readonly FaultCase MemoryLeak = new("a", "shop/Deployment/cart", "memory-leak", OperationKind.Rollback);
    public static readonly FaultCase BadRelease = new("b", "shop/Deployment/checkout", "bad-release", OperationKind.Rollback);
    public static readonly FaultCase CpuHog = new("c", "shop/Deployment/hog", "cpu-contention", null);
    public static readonly FaultCase NodeLost = new("d", "-/Node/node2", "node-lost", OperationKind.Cordon);
    public static readonly FaultCase SlowDependency = new("e", "shop/Deployment/stock", "dependency-latency", null);
    public static readonly FaultCase BadConfiguration = new("f", "shop/Deployment/payment", "config-error", OperationKind.Rollback);
    public static readonly FaultCase ScaledToZero = new("g", "shop/Deployment/stock", "scaled-to-zero", null);
    public static readonly FaultCase MissingConfiguration = new("h", "shop/Deployment/payment", "missing-config", null);
    public static readonly FaultCase QuotaExceeded = new("i", "shop/Deployment/cart", "quota-exceeded", null);
    public static readonly FaultCase ImageNotFound = new("j", "shop/Deployment/catalogue", "image-not-found", null) { Named = "bad-release" };
    public static readonly FaultCase InsufficientCpu = new("k", "shop/Deployment/checkout", "insufficient-cpu", null);
}

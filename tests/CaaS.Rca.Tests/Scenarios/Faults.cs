using CaaS.Analytics;
using CaaS.Signals;

namespace CaaS.Rca.Tests.Scenarios;

/// <summary>The six faults, played on a <see cref="Shop"/> from a second on.</summary>
internal static class Faults
{
    public static readonly string[] OnNode2 = ["checkout", "payment", "stock"];

    private const double MiB = 1024 * 1024;

    /// <summary>A fault by its class, with what must be found; a bad configuration may go untold.</summary>
    public static (EntityRef Entity, string FaultClass) Play(Shop shop, string faultClass, int at, Random? noise = null, bool isHeard = true)
    {
        Action<int, Action> when = (second, act) => shop.At(at + second + (noise?.Next(0, 10) ?? 0), act);
        switch (faultClass)
        {
            case "memory-leak":
                return (Leak(shop, at, when), faultClass);
            case "bad-release":
                return (BadRelease(shop, at, when), faultClass);
            case "cpu-contention":
                return (Hog(shop, at, when), faultClass);
            case "node-lost":
                return (LoseNode(shop, at, when), faultClass);
            case "dependency-latency":
                return (SlowStock(shop, when), faultClass);
            default:
                return (BadConfig(shop, at, when, isHeard), faultClass);
        }
    }

    private static EntityRef Leak(Shop shop, int at, Action<int, Action> when)
    {
        shop.At(at, () => shop.Rollout("cart", ChangeKind.Config));
        for (var second = 10; second <= 60; second += 5)
        {
            var bytes = (90 + (second * 2.6)) * MiB;
            shop.At(at + second, () => shop.Find(shop.PodOf("cart")).Bytes = bytes);
        }

        when(50, () => shop.Raise("cart-memory", Shop.Workload("cart"), SignalRole.Memory, "container_memory_working_set_bytes", [], 220 * MiB));
        shop.At(at + 62, () => shop.Crash(shop.PodOf("cart"), "OOMKilled", "137", isWaiting: false));
        when(62, () => shop.Call("gateway", "cart", SignalRole.Errors, 1));
        when(62, () => shop.Call("checkout", "cart", SignalRole.Errors, 1));
        when(62, () => shop.Serve("checkout", SignalRole.Errors, 0.6));
        when(62, () => shop.Serve("gateway", SignalRole.Errors, 0.4));
        when(62, () => shop.Call("loadgen", "gateway", SignalRole.Errors, 0.4));
        shop.At(at + 68, () => shop.Alter(shop.PodOf("cart"), pod => { pod.IsReady = true; pod.Bytes = 95 * MiB; }));
        shop.At(at + 130, () => shop.Crash(shop.PodOf("cart"), "OOMKilled", "137"));
        return Shop.Workload("cart");
    }

    private static EntityRef BadRelease(Shop shop, int at, Action<int, Action> when)
    {
        shop.At(at, () => shop.Rollout("payment", ChangeKind.Image, isReady: false));
        shop.At(at + 4, () => shop.Crash(shop.PodOf("payment"), "Error", "1", isWaiting: false));
        shop.At(at + 8, () => shop.Crash(shop.PodOf("payment"), "Error", "1"));
        shop.At(at + 30, () => shop.Crash(shop.PodOf("payment"), "Error", "1"));
        when(10, () => shop.Call("checkout", "payment", SignalRole.Errors, 1));
        when(10, () => shop.Serve("checkout", SignalRole.Errors, 1));
        when(10, () => shop.Call("gateway", "checkout", SignalRole.Errors, 1));
        when(10, () => shop.Serve("gateway", SignalRole.Errors, 0.3));
        when(10, () => shop.Call("loadgen", "gateway", SignalRole.Errors, 0.3));
        shop.At(at + 40, () => shop.SendWorkload("payment", "shop", 1, 0));
        return Shop.Workload("payment");
    }

    private static EntityRef Hog(Shop shop, int at, Action<int, Action> when)
    {
        shop.At(at, () =>
        {
            shop.Deploy("hog", "node2", at, "batch");
            shop.Change("hog", ChangeKind.Created, "Deployment batch/hog was created", space: "batch");
            shop.Find(shop.PodOf("hog")).Cores = 0.8;
        });
        foreach (var name in OnNode2)
        {
            when(12, () => shop.Serve(name, SignalRole.Latency, 0.4));
        }

        foreach (var (caller, callee) in new[] { ("catalogue", "stock"), ("checkout", "stock"), ("checkout", "payment"), ("gateway", "checkout") })
        {
            when(12, () => shop.Call(caller, callee, SignalRole.Latency, 0.4));
        }

        when(12, () => shop.Serve("gateway", SignalRole.Latency, 0.5));
        when(15, () => shop.Raise("stock-wait", Shop.Workload("stock"), SignalRole.CpuContention, "container_cpu_throttled_ratio", [], 0.6));
        return Shop.Workload("hog", "batch");
    }

    private static EntityRef LoseNode(Shop shop, int at, Action<int, Action> when)
    {
        shop.At(at, () => shop.Silence("node2"));
        foreach (var (caller, callee) in new[] { ("gateway", "checkout"), ("catalogue", "stock") })
        {
            when(10, () => shop.Call(caller, callee, SignalRole.Errors, 1));
            when(10, () => shop.Call(caller, callee, SignalRole.Latency, 2));
        }

        when(10, () => shop.Serve("catalogue", SignalRole.Errors, 1));
        when(10, () => shop.Serve("gateway", SignalRole.Errors, 0.8));
        when(10, () => shop.Call("loadgen", "gateway", SignalRole.Errors, 0.8));
        shop.At(at + 42, () =>
        {
            shop.Node("node2", "unknown");
            foreach (var name in OnNode2)
            {
                shop.Alter(shop.PodOf(name), pod => pod.IsReady = false);
                shop.SendWorkload(name, "shop", 1, 0);
            }
        });
        return Shop.NodeRef("node2");
    }

    private static EntityRef SlowStock(Shop shop, Action<int, Action> when)
    {
        when(10, () => shop.Serve("stock", SignalRole.Latency, 0.8));
        when(10, () => shop.Call("catalogue", "stock", SignalRole.Latency, 0.8));
        when(10, () => shop.Call("checkout", "stock", SignalRole.Latency, 0.8));
        when(10, () => shop.Serve("catalogue", SignalRole.Latency, 0.9));
        when(10, () => shop.Serve("checkout", SignalRole.Latency, 0.9));
        when(10, () => shop.Call("gateway", "catalogue", SignalRole.Latency, 0.9));
        when(10, () => shop.Call("gateway", "checkout", SignalRole.Latency, 0.9));
        when(10, () => shop.Serve("gateway", SignalRole.Latency, 1));
        when(10, () => shop.Call("loadgen", "gateway", SignalRole.Latency, 1));
        return Shop.Workload("stock");
    }

    private static EntityRef BadConfig(Shop shop, int at, Action<int, Action> when, bool isHeard)
    {
        shop.At(at, () => shop.Rollout("checkout", ChangeKind.Config, isHeard: isHeard));
        when(10, () => shop.Serve("checkout", SignalRole.Errors, 0.7));
        when(10, () => shop.Call("gateway", "checkout", SignalRole.Errors, 0.7));
        when(10, () => shop.Serve("gateway", SignalRole.Errors, 0.25));
        when(10, () => shop.Call("loadgen", "gateway", SignalRole.Errors, 0.25));
        when(10, () => shop.Raise("checkout-log", Shop.Workload("checkout"), SignalRole.Log, "template:1", [], 3,
            AnomalyKind.NewLogTemplate, "Invalid tax table <*>: request failed"));
        return Shop.Workload("checkout");
    }
}

namespace CaaS.Shop;

/// <summary>What the kubelet asks.</summary>
internal static class Probes
{
    /// <summary>Maps <c>/healthz</c> (the process answers) and <c>/readyz</c> (it takes requests).</summary>
    public static void MapProbes(this WebApplication app)
    {
        app.MapGet("/healthz", () => "ok");
        app.MapGet("/readyz", (Drain drain, WarmUp warmUp) =>
            drain.IsDraining ? Results.Text("draining", statusCode: 503)
            : warmUp.IsWarm ? Results.Text("ok")
            : Results.Text("warming up", statusCode: 503));
    }

    /// <summary>Whether a path is the platform's rather than the shop's, and so neither measured nor broken.</summary>
    public static bool IsPlumbing(PathString path) =>
        path.Value is "/healthz" or "/readyz" or "/metrics" or "/faults" or "/windows";
}

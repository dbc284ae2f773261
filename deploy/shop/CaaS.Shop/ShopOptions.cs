using System.Globalization;

namespace CaaS.Shop;

/// <summary>What the pod's template says this copy of the shop is.</summary>
/// <param name="Role">What it plays: gateway, catalogue, cart, checkout, payment, stock, loadgen or batch.</param>
/// <param name="Version">The release, shown in logs and spans.</param>
/// <param name="Port">The one port: the service, its probes, its metrics and its faults.</param>
/// <param name="Pod">The pod's name, or the machine's outside a cluster.</param>
/// <param name="Node">The node's name, or empty outside a cluster.</param>
/// <param name="Namespace">The namespace, or empty outside a cluster.</param>
/// <param name="CallTimeout">How long a caller waits for a callee.</param>
/// <param name="RequestsPerSecond">What the load generator sends.</param>
/// <param name="Currencies">The currencies the payment provider is configured to take; comma-separated.</param>
internal sealed record ShopOptions(
    string Role,
    string Version,
    int Port,
    string Pod,
    string Node,
    string Namespace,
    TimeSpan CallTimeout,
    double RequestsPerSecond,
    string Currencies)
{
    /// <summary>Reads the environment; what is missing has the default that suits a pod.</summary>
    public static ShopOptions FromEnvironment() => new(
        Text("SHOP_ROLE", "gateway"),
        Text("SHOP_VERSION", "0.0.0"),
        (int)Number("SHOP_PORT", 8080),
        Text("POD_NAME", Environment.MachineName),
        Text("NODE_NAME", ""),
        Text("POD_NAMESPACE", ""),
        TimeSpan.FromMilliseconds(Number("SHOP_CALL_TIMEOUT_MS", 2000)),
        Number("SHOP_REQUESTS_PER_SECOND", 25),
        Text("PAYMENT_CURRENCIES", "EUR,USD"));

    /// <summary>An environment variable as a number, or <paramref name="fallback"/> when it is not one.</summary>
    public static double Number(string name, double fallback) =>
        double.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : fallback;

    private static string Text(string name, string fallback) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : fallback;
}

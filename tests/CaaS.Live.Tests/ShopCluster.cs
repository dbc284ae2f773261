using System.Text.Json;
using System.Text.RegularExpressions;
using CaaS.Client;
using CaaS.Client.Wire;
using Xunit;

namespace CaaS.Live.Tests;

/// <summary>The real two-node cluster, the shop under load on it, and the platform watching, warmed up once for all
/// tests of the collection.</summary>
public sealed class ShopCluster : IAsyncLifetime
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FullWarmUp = TimeSpan.FromMinutes(10);

    /// <summary>The platform that watches the cluster.</summary>
    internal Platform Platform { get; private set; } = null!;

    /// <summary>Client of that platform.</summary>
    internal CaaSClient Client => Platform.Client;

    /// <summary>What was opened while the shop was healthy: five minutes of warm-up, or ten when every case
    /// runs.</summary>
    internal IReadOnlyList<Incident> HealthyIncidents { get; private set; } = [];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("CAAS_LIVE") != "1")
        {
            return;
        }

        await Script.RunAsync("deploy/testbed/kube.sh", "up 2", TimeSpan.FromMinutes(25));
        await Script.RunAsync("deploy/shop/shop.sh", "image", TimeSpan.FromMinutes(10));
        await Script.RunAsync("deploy/shop/shop.sh", "up", TimeSpan.FromMinutes(5));
        var data = Path.Combine(Path.GetTempPath(), $"caas-live-{Environment.ProcessId}");
        Platform = await Platform.StartAsync(data, $"serve --kubeconfig {Kubeconfig} --config {ConfigFile}");
        await Task.Delay(Live.IsFull ? FullWarmUp : WarmUp, TestContext.Current.CancellationToken);
        HealthyIncidents = await Client.IncidentsAsync(openOnly: false, 1000, TestContext.Current.CancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Platform is null)
        {
            return;
        }

        await Platform.DisposeAsync();
        await Script.RunAsync("deploy/testbed/kube.sh", "down", TimeSpan.FromMinutes(3));
        Directory.Delete(Platform.Data, recursive: true);
    }

    /// <summary>Switches a fault.</summary>
    /// <param name="fault">Its letter.</param>
    /// <param name="state"><c>on</c> or <c>off</c>.</param>
    internal static Task FaultAsync(string fault, string state) =>
        Script.RunAsync("deploy/shop/shop.sh", $"fault {fault} {state}", TimeSpan.FromMinutes(3));

    /// <summary>What the shop's users saw.</summary>
    /// <returns>Windows of five seconds, by time.</returns>
    internal static async Task<IReadOnlyList<UserWindow>> WindowsAsync() =>
        JsonSerializer.Deserialize<UserWindow[]>(
            await Script.RunAsync("deploy/shop/shop.sh", "windows --json", TimeSpan.FromSeconds(30)),
            JsonSerializerOptions.Web) ?? [];

    /// <summary>How often a deployment's specification was changed.</summary>
    /// <param name="app">Its name.</param>
    /// <returns>Its generation.</returns>
    internal static async Task<long> GenerationAsync(string app)
    {
        using var trusting = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        using var http = new HttpClient(trusting);
        var kubeconfig = await File.ReadAllTextAsync(Kubeconfig);
        http.DefaultRequestHeaders.Authorization = new("Bearer", Regex.Match(kubeconfig, "token: ([^ }\\s]+)").Groups[1].Value);
        var server = Regex.Match(kubeconfig, "server: \"?([^\", }\\s]+)").Groups[1].Value;
        using var deployment = JsonDocument.Parse(
            await http.GetStringAsync(new Uri($"{server}/apis/apps/v1/namespaces/shop/deployments/{app}")));
        return deployment.RootElement.GetProperty("metadata").GetProperty("generation").GetInt64();
    }

    private static string Kubeconfig =>
        Path.Combine(Environment.GetEnvironmentVariable("TESTBED") ?? "/tmp/caas-testbed", "kubeconfig");

    private static string ConfigFile => Path.Combine(Live.Root, "tests/CaaS.Live.Tests/live.json");
}
